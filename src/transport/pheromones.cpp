#include "transport/pheromones.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/bytes.hpp"
#include "json/string.hpp"

namespace flux::runtime {

namespace {

constexpr PheromoneWords kWords[] = {
    {"started", "its instances are made", "1", "its spec"},
    {"flowing", "events may come", "1", "null"},
    {"perturbed", "an event from outside", "1", "null"},
    {"error", "events failed", "of a block", "first message"},
    {"dropped", "its buffer was full", "of a burst", "the policy"},
    {"feedback_dropped", "events did not return", "of a block", "null"},
    {"draining", "nothing comes any more", "1", "null"},
    {"collapsed", "an event too many", "1", "null"},
    {"stopped", "all is through", "1", "null"},
};

constexpr std::string_view kFields[] = {"signal", "flux", "ts", "count", "total", "detail"};

}  // namespace

std::span<const PheromoneWords> pheromone_words() { return kWords; }
std::span<const std::string_view> pheromone_fields() { return kFields; }

PheromoneListener::Heard PheromoneListener::take() {
  waiting_ = 0;
  return std::exchange(heard_, {});
}

PheromoneListener::Heard PheromoneListener::listen(std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  some_.wait_for(lock, longest, [&] { return waiting_ != 0 || is_closed_; });
  return take();
}

bool PheromoneListener::wait(Heard& heard) {
  std::unique_lock lock(mutex_);
  some_.wait(lock, [&] { return waiting_ != 0 || is_closed_; });
  heard = take();
  return !heard.records.empty();
}

void PheromoneListener::close() {
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  some_.notify_all();
}

void PheromoneListener::hear(std::string_view record) {
  const std::lock_guard lock(mutex_);
  if (waiting_ == kMost) {
    ++heard_.missed;
    return;
  }
  ++waiting_;
  heard_.records += record;
  some_.notify_one();
}

Pheromones::Pheromones(const plan::Plan& plan, io::Fd file)
    : plan_(plan), file_(std::move(file)), totals_(plan.fluxes.size()) {
  if (!file_) return;
  of_file_ = listen();
  writer_ = std::thread([this] { write(); });
}

Pheromones::~Pheromones() {
  if (!of_file_) return;
  of_file_->close();
  writer_.join();
}

void Pheromones::write() {
  PheromoneListener::Heard heard;
  while (of_file_->wait(heard)) {
    if (heard.missed != 0) heard.records += fmt::format("{{\"missed\":{}}}\n", heard.missed);
    if (io::write_all(file_.get(), heard.records) != 0) return;  // nobody listens any more
  }
}

std::shared_ptr<PheromoneListener> Pheromones::listen() {
  auto listener = std::make_shared<PheromoneListener>();
  const std::lock_guard lock(mutex_);
  listeners_.push_back(listener);
  return listener;
}

void Pheromones::tell(Pheromone signal, std::size_t flux, std::uint64_t count, std::string_view detail) {
  if (!plan_.fluxes[flux].config.emit_pheromones) return;
  using namespace std::chrono;
  const auto now = duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
  const auto index = static_cast<std::size_t>(signal);
  const std::lock_guard lock(mutex_);
  const std::uint64_t total = totals_[flux][index] += count;
  const std::string record =
      fmt::format(R"({{"signal":"{}","flux":{},"ts":{}.{:06},"count":{},"total":{},"detail":{}}})"
                  "\n",
                  kWords[index].name, json::quote(plan_.fluxes[flux].id), now / 1'000'000, now % 1'000'000,
                  count, total, detail.empty() ? "null" : json::quote(detail));
  std::erase_if(listeners_, [](const auto& listener) { return listener.expired(); });
  for (const auto& each : listeners_)
    if (const auto listener = each.lock()) listener->hear(record);
}

}  // namespace flux::runtime
