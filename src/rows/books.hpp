// The books of one flux: what came, and what became of it. Nothing an operator can
// configure makes an event vanish uncounted, and these two equations say so on
// every way out:
//
//   upstream + fed_back + perturbed = gave + filtered + absorbed + failed + unprocessed
//   results + finish_rows           = delivered + dropped + answered
//
// Plain values; thread safety as for any value.
#pragma once

#include <cstdint>

namespace flux::runtime {

struct Books {
  std::uint64_t upstream = 0;   // events that arrived from the flux before, or the source
  std::uint64_t fed_back = 0;   // ... from its own output
  std::uint64_t perturbed = 0;  // ... from outside
  std::uint64_t gave = 0;       // events with at least one result
  std::uint64_t filtered = 0;   // none, on purpose
  std::uint64_t absorbed = 0;   // taken into an aggregation
  std::uint64_t failed = 0;
  std::uint64_t unprocessed = 0;  // came after the flux had stopped
  std::uint64_t results = 0;      // values given for events
  std::uint64_t finish_rows = 0;  // values given at the end of the stream
  std::uint64_t delivered = 0;    // values handed on: upstream of the next flux
  std::uint64_t dropped = 0;
  std::uint64_t answered = 0;  // to whoever perturbed
  std::uint64_t feedback_dropped = 0;

  // Events that cost entropy: all that arrived while the flux was flowing.
  std::uint64_t events() const { return upstream + fed_back + perturbed - unprocessed; }

  bool balance() const {
    return upstream + fed_back + perturbed == gave + filtered + absorbed + failed + unprocessed &&
           results + finish_rows == delivered + dropped + answered;
  }

  Books& operator+=(const Books& other) {
    upstream += other.upstream;
    fed_back += other.fed_back;
    perturbed += other.perturbed;
    gave += other.gave;
    filtered += other.filtered;
    absorbed += other.absorbed;
    failed += other.failed;
    unprocessed += other.unprocessed;
    results += other.results;
    finish_rows += other.finish_rows;
    delivered += other.delivered;
    dropped += other.dropped;
    answered += other.answered;
    feedback_dropped += other.feedback_dropped;
    return *this;
  }
};

}  // namespace flux::runtime
