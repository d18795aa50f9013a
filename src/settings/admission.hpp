// How many events a limit has let in so far. The k-th event in stream order is the last
// one, so whoever counts must see the events in that order.
//
// Thread safety: none; as for any value.
#pragma once

#include <algorithm>
#include <cstdint>

#include "settings/config.hpp"

namespace flux::settings {

class Admission {
 public:
  explicit Admission(Limit limit = {}) : limit_(limit) {}

  // Lets in as many of these events as the limit allows, and returns how many.
  std::uint64_t admit(std::uint64_t events) {
    const std::uint64_t fitting = std::min(events, left());
    admitted_ += fitting;
    return fitting;
  }

  const Limit& limit() const { return limit_; }
  std::uint64_t left() const { return limit_.events - admitted_; }
  bool is_full() const { return left() == 0; }
  // Whether the flux stops with the event that was admitted last: one with entropy waits
  // for the next event, to collapse.
  bool is_complete() const { return is_full() && !limit_.collapses; }

 private:
  Limit limit_;
  std::uint64_t admitted_ = 0;
};

}  // namespace flux::settings
