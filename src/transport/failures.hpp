// Tells of failed events, in stream order: the first few in full on stderr, then a
// running count; and all of them in the dead-letter file, ready to be replayed.
//
// Thread safety: any thread may call any member, for sections that drop buffers keep
// apart tell of their failures at the same time; the order is that of each section.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>

#include "core/bytes.hpp"
#include "io/fd.hpp"
#include "plan/plan.hpp"
#include "rows/ticket.hpp"
#include "transport/bad_line.hpp"

namespace flux::runtime {

class Failures {
 public:
  // `dead_letters`: where failed events go, or closed. REQUIRES: `plan` outlives this.
  Failures(const plan::Plan& plan, std::size_t max_line, io::Fd dead_letters, std::string dead_letter_name)
      : plan_(plan),
        max_line_(max_line),
        dead_letters_(std::move(dead_letters)),
        name_(std::move(dead_letter_name)) {}

  // Tells all failures of the ticket, whose first line is line `first_line` + 1 of
  // the source called `source`.
  void tell(const Ticket& ticket, const std::string& source);

  // The last word: how many in all, where some were not shown.
  void conclude() const;

  std::uint64_t count() const;
  bool keeps_events() const { return static_cast<bool>(dead_letters_); }
  // Why dead letters could not be written; empty if they could.
  std::string error() const;

 private:
  void show(const Failure& failure, const BadLine& why, const Origin& origin);
  void keep(const Failure& failure, const BadLine& why, const Origin& origin);
  Origin origin_of(const Failure& failure, const Ticket& ticket, const std::string& source);

  const plan::Plan& plan_;
  const std::size_t max_line_;
  io::Fd dead_letters_;
  std::string name_;

  mutable std::mutex mutex_;
  // Protected by mutex_:
  std::uint64_t count_ = 0;
  std::uint64_t next_count_shown_ = 10;
  Bytes letters_;  // of the ticket at hand
  Bytes event_;    // of the failure at hand
  std::string error_;
};

}  // namespace flux::runtime
