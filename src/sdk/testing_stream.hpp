// A stream of events through one instance of an agent, by the functions that flux calls.
//
// Part of testing.hpp, which makes it for agents in C++; of an agent that is a
// flux_agent, it is made of that. Thread safety: none, but for interrupt().
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "testing_arguments.hpp"
#include "testing_lines.hpp"
#include "testing_results.hpp"
#include "testing_rows.hpp"

namespace flux::testing {

// What an instance is made of.
struct Setup {
  std::optional<std::string> parameters = "{}";  // none: it is made by `create`
  std::map<std::string, detail::Worth> expressions;
  std::function<void*(flux_error&)> create;
  Room room;
};

class Stream {
 public:
  // Throws std::runtime_error if the agent makes no instance. REQUIRES: `agent` outlives
  // this.
  explicit Stream(const flux_agent& agent, std::string_view parameters = "{}", Room room = {})
      : Stream(agent, Setup{std::string(parameters), {}, {}, room}) {}
  Stream(const flux_agent& agent, const Setup& setup)
      : agent_(agent), room_(setup.room), arguments_(agent, setup.parameters, setup.expressions) {
    self_ = setup.create ? setup.create(err_) : agent.create(&agent, nullptr, arguments_.values(), &err_);
    if (self_ == nullptr) throw std::runtime_error(error_);
    ports_ = {sizeof ports_, nullptr, agent.input, agent.output, 0};
    if (agent.describe != nullptr && agent.describe(self_, &ports_, &err_) != FLUX_OK) {
      agent.destroy(self_);
      throw std::runtime_error(error_);
    }
    rows_.emplace(agent_, *ports_.input, arguments_);
    results_.emplace(agent_, ports_.output);
  }
  ~Stream() { agent_.destroy(self_); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // The lines that these events give, which come in one batch, or in batches of `size`.
  // Failures count events from the beginning of the stream.
  template <class... Text>
  Lines run(const Text&... events) {
    return run(std::vector<std::string>{std::string(events)...});
  }
  Lines run(const std::vector<std::string>& events) {
    return run_in_batches(events, std::max<std::size_t>(events.size(), 1));
  }
  Lines run_in_batches(const std::vector<std::string>& events, std::size_t size) {
    Lines lines;
    for (std::size_t at = 0; at < events.size() && !is_over_;) {
      rows_->clear();
      given_.clear();
      for (const std::size_t end = std::min(at + size, events.size()); at < end; ++at) take(events[at]);
      process();
      std::stable_sort(given_.begin(), given_.end(),
                       [](const auto& a, const auto& b) { return a.event < b.event; });
      for (Given& each : given_) lines.push_back(std::move(each.line));
    }
    return lines;
  }

  // The lines that the end of the stream gives.
  Lines finish() {
    constexpr std::size_t kResults = 64;
    Lines lines;
    flux_status status = agent_.finish == nullptr || is_broken_ ? FLUX_OK : FLUX_MORE;
    while (status == FLUX_MORE) {
      flux_out& out = results_->make_room(0, room_.results != 0 ? room_.results : kResults, room_.text);
      status = agent_.finish(self_, &out, &err_);
      ++calls_;
      if (status == FLUX_FAILED) {
        lines.push_back("! the agent is broken: " + error_);
        return lines;
      }
      for (std::size_t r = 0; r < results_->size(); ++r) lines.push_back(results_->last_line(r));
      if (status == FLUX_MORE && results_->size() == 0) {
        lines.push_back("! the agent is broken: finish() wants to be called again and gave nothing");
        return lines;
      }
    }
    return lines;
  }

  // Takes over what `other`, which only its destructor may meet from then on, has seen. This and
  // the next three throw std::runtime_error: the agent's own words, or that it has no such
  // function.
  void merge(Stream& other) {
    require(agent_.merge != nullptr, "merge");
    if (agent_.merge(self_, other.self_, &err_) != FLUX_OK) throw std::runtime_error(error_);
    other.is_over_ = other.is_broken_ = true;
  }
  // The agent's state, as a checkpoint keeps it.
  std::string save() {
    require(agent_.save != nullptr, "save");
    std::string snapshot;
    flux_writer writer{&snapshot, [](flux_writer* to, const void* bytes, std::size_t size) {
                         static_cast<std::string*>(to->ctx)->append(static_cast<const char*>(bytes), size);
                         return 0;
                       }};
    if (agent_.save(self_, &writer, &err_) != 0) throw std::runtime_error(error_);
    return snapshot;
  }
  void restore(std::string_view snapshot) { restore(snapshot, agent_.state_version); }
  // As an agent of that state version saved it.
  void restore(std::string_view snapshot, std::uint32_t state_version) {
    require(agent_.restore != nullptr, "restore");
    if (agent_.restore(self_, state_version, detail::str(snapshot), &err_) != 0)
      throw std::runtime_error(error_);
  }

  // By any thread, at any time.
  void interrupt() const {
    require(agent_.interrupt != nullptr, "interrupt");
    agent_.interrupt(self_);
  }

  // The types of this instance, and whether it asks for the order of the stream.
  const flux_ports& ports() const { return ports_; }
  // Whether the agent wants no more events.
  bool has_ended() const { return is_over_; }
  // How often process() and finish() were called.
  std::size_t calls() const { return calls_; }

 private:
  struct Given {  // or why not
    std::size_t event;
    std::string line;
    bool is_failure;
  };

  static void require(bool is_there, const char* function) {
    if (!is_there) throw std::runtime_error(std::string("the agent has no ") + function + "()");
  }

  void fail(std::size_t event, const std::string& why) {
    std::erase_if(given_, [event](const Given& each) { return each.event == event; });
    given_.push_back({event, "! event " + std::to_string(event + 1) + ": " + why, true});
  }
  bool has_failed(std::size_t event) const {
    return std::any_of(given_.begin(), given_.end(),
                       [event](const Given& each) { return each.event == event && each.is_failure; });
  }

  // Into the rows, or among the failures.
  void take(const std::string& literal) {
    const std::size_t event = events_++;
    try {
      rows_->take(literal, event);
    } catch (const std::exception& why) {
      fail(event, why.what());
    }
  }

  void process() {
    std::size_t begin = 0;
    std::uint64_t cursor = 0;
    while (begin < rows_->size()) {
      const std::size_t left = rows_->size() - begin;
      const std::size_t capacity = room_.results != 0 ? room_.results : left;
      const std::size_t count = std::min(left, capacity);
      const flux_batch in = rows_->batch(begin, count, cursor);
      flux_out& out = results_->make_room(count, capacity, room_.text);
      const flux_status status = agent_.process(self_, &in, &out, &err_);
      ++calls_;
      if (status == FLUX_FAILED) return breaks();
      collect(begin);
      is_over_ = status == FLUX_END;
      if (is_over_) return;
      if (status == FLUX_MORE && out.consumed == 0 && out.rows == 0) {
        error_ = "it wants to be called again without having done anything";
        return breaks();
      }
      begin += status == FLUX_MORE ? out.consumed : count;
      cursor = status == FLUX_MORE ? out.cursor : 0;
    }
  }
  // What a call on the rows from `begin` on came to.
  void collect(std::size_t begin) {
    for (const auto& [row, why] : results_->failed()) fail((*rows_)[begin + row].event, why);
    for (std::size_t r = 0; r < results_->size(); ++r) {
      const detail::Rows::Row& from = (*rows_)[begin + results_->origin(r)];
      if (has_failed(from.event)) continue;
      try {
        given_.push_back({from.event, results_->line(r, from.text), false});
      } catch (const std::exception& why) {
        fail(from.event, why.what());
      }
    }
  }
  void breaks() {
    is_over_ = is_broken_ = true;
    given_.push_back({events_, "! the agent is broken: " + error_, true});
  }

  const flux_agent& agent_;
  const Room room_;
  const detail::Arguments arguments_;
  std::string error_;
  flux_error err_{&error_, [](flux_error* err, flux_str why) {
                    *static_cast<std::string*>(err->ctx) = detail::view(why);
                  }};
  void* self_ = nullptr;
  flux_ports ports_{};
  std::optional<detail::Rows> rows_;
  std::optional<detail::Results> results_;
  std::vector<Given> given_;  // of the batch at hand
  std::size_t events_ = 0;
  std::size_t calls_ = 0;
  bool is_over_ = false;  // no more events are wanted
  bool is_broken_ = false;
};

}  // namespace flux::testing
