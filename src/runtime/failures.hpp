// Tells of failed events, in stream order: the first few in full on stderr, then a
// running count; and all of them in the dead-letter file, ready to be replayed.
//
// Thread safety: none; belongs to whoever is inside the last turnstile.
#pragma once

#include <cstdint>
#include <string>

#include "core/bytes.hpp"
#include "io/fd.hpp"
#include "plan/plan.hpp"
#include "runtime/bad_line.hpp"
#include "runtime/ticket.hpp"

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

  std::uint64_t count() const { return count_; }
  bool keeps_events() const { return static_cast<bool>(dead_letters_); }
  // Why dead letters could not be written; empty if they could.
  const std::string& error() const { return error_; }

 private:
  void show(const Failure& failure, const BadLine& why, const Ticket& ticket, const std::string& source);
  void keep(const Failure& failure, const BadLine& why, const Ticket& ticket, const std::string& source);

  const plan::Plan& plan_;
  const std::size_t max_line_;
  io::Fd dead_letters_;
  std::string name_;
  std::uint64_t count_ = 0;
  std::uint64_t next_count_shown_ = 10;
  Bytes letters_;  // of the ticket at hand
  std::string error_;
};

}  // namespace flux::runtime
