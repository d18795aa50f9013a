// Events to a command and its answers back, line by line: one answer per event, in
// order. What goes wrong with the command fails the events that it has in hand; then
// it is started anew, later each time, and not for ever.
//
// Events are handed out ahead of the answers, kWindow of them at most, and answers go
// on as soon as there are some: process() then returns, and is called with the rest.
//
// Thread safety: as the tags in flux_plugin.h say.
#pragma once

#include <flux/flux_plugin.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "child.hpp"
#include "launcher.hpp"
#include "lines.hpp"

class Conversation {
 public:
  struct Terms {
    std::string command;
    std::chrono::milliseconds timeout;  // for an answer
    std::chrono::milliseconds backoff;  // before the second start; doubles from then on
    std::int64_t restarts;              // in a row, before the run fails
  };

  // Starts nothing before it is needed. Throws std::system_error.
  Conversation(const flux_host* host, Terms terms);
  ~Conversation();
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  flux_status process(const flux_batch& in, flux_out& out, flux_error& err);
  // The command is told the end of its input; lines that it gives then are results.
  flux_status finish(flux_out& out, flux_error& err);
  // What the command is asked it may answer in its time as ever; but one that fails is not
  // started anew.
  void interrupt();

 private:
  using Clock = std::chrono::steady_clock;
  using Events = std::span<const flux_str>;

  bool is_given_up() const { return is_interrupted_ && failures_ > 0; }
  bool start();
  bool is_silent();
  void send(Events events);
  void write();
  void exchange(Events events);
  void give_up(std::chrono::milliseconds grace, std::string why = {});
  void bury();
  void sleep_until(Clock::time_point time);
  std::string why_not_started() const;
  std::size_t take_answers(flux_out& out);
  static std::size_t fail(std::size_t count, const std::string& why, flux_out& out);
  static bool put(std::string_view line, flux_out& out, std::size_t row);
  void begin_to_end();
  void allow_time() { deadline_ = Clock::now() + terms_.timeout; }

  const flux_host* const host_;
  const Terms terms_;
  std::atomic<bool> is_interrupted_ = false;
  bool was_cut_short_ = false;  // events failed because of that
  Fd wake_;                     // readable from interrupt() on
  std::optional<Launcher> launcher_;

  std::unique_ptr<Child> child_;
  Lines lines_;                         // from it
  std::string outgoing_;                // to it: events that count as in its hand
  std::size_t written_ = 0;             // bytes of outgoing_
  std::size_t in_flight_ = 0;           // the first rows of those that come next: handed out, not answered
  std::size_t answers_ = 0;             // of this child
  Clock::time_point deadline_;          // for the next answer
  std::optional<std::string> trouble_;  // the child is gone, and why

  std::int64_t failures_ = 0;  // of starts in a row
  std::string last_trouble_;
  Clock::time_point not_before_;  // the next start

  bool is_ending_ = false;       // finish() was called
  bool has_ended_well_ = false;  // the child, by itself
  std::size_t unwanted_ = 0;     // answers that nobody waits for, ahead of the last results
};
