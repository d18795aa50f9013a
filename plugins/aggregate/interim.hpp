// Rows in the middle of the stream, for who does not want to wait for its end.
#pragma once

#include <cstdint>
#include <flux/agent.hpp>
#include <optional>
#include <stdexcept>
#include <string>

// After every how many events; never, if nothing is given. Says in describe() that its
// instance sees the events in their order if they have to be counted.
class Interim {
 public:
  explicit Interim(std::optional<std::int64_t> every) : every_(every.value_or(0)) {
    if (!every || *every >= 1) return;
    throw std::invalid_argument("every must be at least 1, found " + std::to_string(*every));
  }

  void describe(flux::Ports& ports) const {
    if (every_ != 0) ports.in_order();
  }
  // One more event is here: whether it is time for rows.
  bool is_due() {
    if (every_ == 0 || ++since_ != every_) return false;
    since_ = 0;
    return true;
  }
  void save(flux::Writer& to) const { to.put(since_); }
  void restore(flux::Reader& from) { from.get(since_); }

 private:
  std::int64_t every_;      // 0: never
  std::int64_t since_ = 0;  // the last rows
};
