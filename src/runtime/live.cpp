#include "runtime/live.hpp"

#include <algorithm>

#include "plugin/crash.hpp"
#include "runtime/report.hpp"

namespace flux::runtime {

namespace {

Answer over() {
  return {Answer::Kind::not_flowing, {}, {}, "the pipeline is STOPPED: no event enters any more"};
}

}  // namespace

Live::Live(const plan::Plan& plan, Sections& sections, const Output& output, const Options& options,
           Clock::time_point start)
    : plan_(plan),
      sections_(sections),
      output_(output),
      taps_(options.taps),
      pheromones_(options.pheromones),
      start_(start),
      thread_([this] { serve(); }) {}

Live::~Live() { close(); }

std::future<Answer> Live::submit(Perturbation perturbation, std::int64_t priority) {
  Waiting waiting{std::move(perturbation), priority, {}};
  std::future<Answer> answer = waiting.promise.get_future();
  const std::lock_guard lock(mutex_);
  if (is_closed_) {
    waiting.promise.set_value(over());
    return answer;
  }
  const auto comes_later = [&](const Waiting& other) { return other.priority < priority; };
  queue_.insert(std::find_if(queue_.begin(), queue_.end(), comes_later), std::move(waiting));
  some_.notify_one();
  return answer;
}

std::size_t Live::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size() + (serving_ ? 1 : 0);
}

void Live::serve() {
  const plugin::CrashStack stack;
  std::unique_lock lock(mutex_);
  for (;;) {
    some_.wait(lock, [&] { return !queue_.empty() || is_closed_; });
    if (queue_.empty()) return;
    Waiting first = std::move(queue_.front());
    queue_.erase(queue_.begin());
    if (is_closed_) {
      first.promise.set_value(over());
      continue;
    }
    serving_ = first.perturbation.flux.value_or(0);
    lock.unlock();
    pheromones_->tell(Pheromone::perturbed, first.perturbation.flux.value_or(0));
    Answer answer = sections_.perturb(first.perturbation);
    lock.lock();
    serving_.reset();
    first.promise.set_value(std::move(answer));
  }
}

void Live::stop() {
  was_stopped_.store(true, std::memory_order_relaxed);
  sections_.interrupt();
}

void Live::close() {
  {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    some_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

Summary Live::summary() const {
  std::vector<Progress> progress(plan_.fluxes.size());
  {
    const std::lock_guard lock(mutex_);
    for (std::size_t f = 0; f < progress.size(); ++f) {
      progress[f] = is_closed_ ? Progress::through : Progress::flowing;
      if (serving_ && f >= *serving_) progress[f] = Progress::perturbed;
    }
  }
  for (std::size_t f = 0; f < progress.size(); ++f)
    if (progress[f] != Progress::through && sections_.is_draining(f)) progress[f] = Progress::draining;
  return summarise(plan_, sections_.tally(), output_,
                   std::chrono::duration<double>(Clock::now() - start_).count(), progress);
}

bool Live::is_over() const {
  const std::lock_guard lock(mutex_);
  return is_closed_;
}

bool Live::is_flowing() const {
  const std::lock_guard lock(mutex_);
  return !is_closed_ && !sections_.is_draining(0);
}

std::optional<std::size_t> Live::flux_named(std::string_view id) const {
  for (std::size_t f = 0; f < plan_.fluxes.size(); ++f)
    if (plan_.fluxes[f].id == id) return f;
  return {};
}

}  // namespace flux::runtime
