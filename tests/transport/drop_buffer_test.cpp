// The buffer between a flux with a drop policy and its consumer: exact in events.
#include "transport/drop_buffer.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <deque>
#include <random>
#include <thread>

#include "json/seed.hpp"

using flux::runtime::DropBuffer;
using flux::runtime::Origins;
using flux::settings::DropPolicy;

namespace {

// Pushes the numbers from `first` to `last` as one batch.
void push(DropBuffer& buffer, int first, int last) {
  std::string bytes;
  std::vector<std::uint32_t> ends;
  for (int i = first; i <= last; ++i) {
    bytes += std::to_string(i) + "\n";
    ends.push_back(static_cast<std::uint32_t>(bytes.size()));
  }
  buffer.push({bytes, ends, Origins()});
}

// The same, unprinted.
void push_ints(DropBuffer& buffer, int first, int last) {
  std::vector<std::int64_t> ints;
  for (int i = first; i <= last; ++i) ints.push_back(i);
  buffer.push({{}, {}, Origins(), ints});
}

std::string take_all(DropBuffer& buffer) {
  std::string text;
  DropBuffer::Run run;
  while (buffer.try_take(run)) {
    if (run.ints.empty()) {
      CHECK(run.ends.back() == run.bytes.size());
      text += run.text();
    } else {
      for (std::size_t i = run.first; i < run.ints.size(); ++i) text += std::to_string(run.ints[i]) + "\n";
    }
  }
  return text;
}

// As a consumer that is at work, and so is not waited for.
void be_busy(DropBuffer& buffer) {
  push(buffer, 0, 0);
  CHECK(take_all(buffer) == "0\n");
}

bool balances(const DropBuffer::Books& books) {
  return books.pushed == books.taken + books.dropped + books.held + books.left;
}

}  // namespace

TEST_CASE("drop_oldest keeps the newest events") {
  DropBuffer buffer(3, DropPolicy::drop_oldest);
  be_busy(buffer);
  push(buffer, 1, 2);
  push(buffer, 3, 5);
  CHECK(buffer.books().dropped == 2);
  CHECK(take_all(buffer) == "3\n4\n5\n");
  CHECK(balances(buffer.books()));
}

TEST_CASE("drop_newest keeps the first events") {
  DropBuffer buffer(3, DropPolicy::drop_newest);
  be_busy(buffer);
  push(buffer, 1, 2);
  push(buffer, 3, 5);
  CHECK(buffer.books().dropped == 2);
  CHECK(take_all(buffer) == "1\n2\n3\n");
  push(buffer, 6, 6);
  CHECK(take_all(buffer) == "6\n");
  CHECK(balances(buffer.books()));
}

TEST_CASE("a buffer of one event holds the last, or the first") {
  DropBuffer last(1, DropPolicy::drop_oldest);
  DropBuffer first(1, DropPolicy::drop_newest);
  for (DropBuffer* buffer : {&last, &first}) {
    be_busy(*buffer);
    push(*buffer, 1, 9);
    CHECK(buffer->books().dropped == 8);
  }
  CHECK(take_all(last) == "9\n");
  CHECK(take_all(first) == "1\n");
}

TEST_CASE("what is held when the producer is through can still be taken") {
  DropBuffer buffer(9, DropPolicy::drop_oldest);
  push(buffer, 1, 2);
  buffer.close();
  DropBuffer::Run run;
  CHECK(buffer.take(run));
  CHECK(run.text() == "1\n2\n");
  CHECK(!buffer.take(run));
}

TEST_CASE("what nobody takes any more is left, and not dropped") {
  DropBuffer buffer(2, DropPolicy::drop_newest);
  be_busy(buffer);
  push(buffer, 1, 2);
  buffer.abandon();
  push(buffer, 3, 9);
  DropBuffer::Run run;
  CHECK(!buffer.take(run));
  CHECK(buffer.books().left == 9);
  CHECK(buffer.books().dropped == 0);
  CHECK(balances(buffer.books()));
}

TEST_CASE("an event keeps the place that it comes from") {
  const std::string source = "in";
  DropBuffer buffer(2, DropPolicy::drop_oldest);
  be_busy(buffer);
  const std::uint32_t ends[] = {2, 4, 6};
  Origins origins;
  origins.add({&source, 1, 0, "10"});
  origins.add({&source, 2, 3, "200"});
  origins.add(flux::runtime::Origin());
  buffer.push({"a\nb\nc\n", ends, origins});
  DropBuffer::Run run;
  REQUIRE(buffer.try_take(run));
  CHECK(run.text() == "b\nc\n");
  REQUIRE(run.size() == 2);
  CHECK(run.origins[run.first].line == 2);
  CHECK(run.origins[run.first].offset == 3);
  CHECK(run.origins[run.first + 1].source == nullptr);
  CHECK(run.origins[run.first].event == "200");
}

TEST_CASE("a buffer does what a plain queue would") {
  const std::uint64_t seed = property_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 300; ++round) {
    const std::size_t capacity = 1 + random() % 20;
    const bool keeps_newest = random() % 2 == 0;
    DropBuffer buffer(capacity, keeps_newest ? DropPolicy::drop_oldest : DropPolicy::drop_newest);
    be_busy(buffer);
    std::deque<int> model;
    int next = 1;
    for (int step = 0; step < 30; ++step) {
      if (random() % 3 == 0) {
        std::string expected;
        for (const int value : model) expected += std::to_string(value) + "\n";
        REQUIRE(take_all(buffer) == expected);
        model.clear();
        continue;
      }
      const int last = next + static_cast<int>(random() % 30);
      random() % 2 == 0 ? push(buffer, next, last) : push_ints(buffer, next, last);
      for (; next <= last; ++next) {
        if (model.size() < capacity) {
          model.push_back(next);
        } else if (keeps_newest) {
          model.pop_front();
          model.push_back(next);
        }
      }
      REQUIRE(buffer.books().held == model.size());
      REQUIRE(balances(buffer.books()));
    }
  }
}

TEST_CASE("a consumer that is idle loses nothing of one batch, however large") {
  DropBuffer buffer(10, DropPolicy::drop_oldest);
  std::string got;
  std::atomic<int> rounds{0};
  std::jthread consumer([&] {
    DropBuffer::Run run;
    while (buffer.take(run)) {
      got += run.text();
      rounds.fetch_add(static_cast<int>(run.size()));
    }
  });
  std::string expected;
  for (int i = 0; i < 200; ++i) {
    push(buffer, i * 10, i * 10 + 9);
    for (int k = 0; k < 10; ++k) expected += std::to_string(i * 10 + k) + "\n";
    while (rounds.load() < (i + 1) * 10) std::this_thread::yield();  // it keeps up
  }
  buffer.close();
  consumer.join();
  CHECK(got == expected);
  CHECK(buffer.books().dropped == 0);
}

TEST_CASE("with threads on both sides the books balance, and what comes comes in order") {
  for (const DropPolicy policy : {DropPolicy::drop_oldest, DropPolicy::drop_newest}) {
    DropBuffer buffer(7, policy);
    std::uint64_t count = 0;
    int last = -1;
    bool is_in_order = true;
    std::jthread consumer([&] {
      DropBuffer::Run run;
      while (buffer.take(run)) {
        std::size_t at = run.begin();
        for (std::size_t i = run.first; i < run.ends.size(); ++i) {
          const int value = std::stoi(run.bytes.substr(at, run.ends[i] - at));
          is_in_order = is_in_order && value > last;
          last = value;
          at = run.ends[i];
          ++count;
        }
      }
    });
    for (int i = 0; i < 3000; ++i) push(buffer, i * 5, i * 5 + 4);
    buffer.close();
    consumer.join();
    CHECK(is_in_order);
    CHECK(count == buffer.books().taken);
    CHECK(buffer.books().pushed == 15'000);
    CHECK(balances(buffer.books()));
  }
}
