// What a watcher sees of a flux, and what he is told that he missed.
#include "stages/tap.hpp"

#include <doctest/doctest.h>

using flux::Kind;
using flux::Type;
using flux::runtime::Batch;
using flux::runtime::Tap;
using flux::runtime::Watcher;

namespace {

constexpr std::chrono::milliseconds kNow{0};

// A batch of these integers, which outlive it.
Batch batch_of(std::vector<std::int64_t>& values, flux::Column& column) {
  column = {Kind::int64, values.data(), nullptr};
  Batch batch;
  batch.rows = static_cast<std::uint32_t>(values.size());
  batch.columns = {&column, 1};
  return batch;
}

void show(Tap& tap, std::vector<std::int64_t> values) {
  flux::Column column;
  tap.show(batch_of(values, column));
}

}  // namespace

TEST_CASE("a watcher sees what comes from when he looks on, as JSON") {
  Tap tap(Type::bare(Kind::int64));
  show(tap, {1});
  const auto watcher = tap.watch();
  show(tap, {2, 3});
  show(tap, {4});
  const Watcher::Seen seen = watcher->look(kNow);
  CHECK(seen.events == std::vector<std::string>{"2", "3", "4"});
  CHECK(seen.missed == 0);
  CHECK(watcher->look(kNow).events.empty());
}

TEST_CASE("whoever is too slow misses events and is told how many") {
  Tap tap(Type::bare(Kind::int64));
  const auto slow = tap.watch();
  std::vector<std::int64_t> many(700, 5);
  show(tap, many);
  const auto quick = tap.watch();
  show(tap, many);
  CHECK(quick->look(kNow).events.size() == 700);
  const Watcher::Seen seen = slow->look(kNow);
  CHECK(seen.events.size() == Watcher::kMostEvents);
  CHECK(seen.missed == 400);
  show(tap, {6});
  CHECK(slow->look(kNow).events == std::vector<std::string>{"6"});
}

TEST_CASE("events that are large are missed sooner") {
  Tap tap(Type::bare(Kind::string));
  const auto watcher = tap.watch();
  const std::string text(600 << 10, 'x');
  flux_str values[] = {{text.data(), text.size()}, {text.data(), text.size()}, {text.data(), text.size()}};
  const flux::Column column{Kind::string, values, nullptr};
  Batch batch;
  batch.rows = 3;
  batch.columns = {&column, 1};
  tap.show(batch);
  const Watcher::Seen seen = watcher->look(kNow);
  CHECK(seen.events.size() == 2);
  CHECK(seen.missed == 1);
}
