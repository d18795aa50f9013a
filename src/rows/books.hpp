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
#include <iterator>

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

  Books& operator+=(const Books& other);
};

// A line of the books: what the summary, the status and the metrics call it.
struct Counter {
  const char* name;
  std::uint64_t Books::*count;
  const char* help;  // one sentence without a full stop
};

// All of them, in the order in which they are printed.
inline constexpr Counter kCounters[] = {
    {"upstream", &Books::upstream, "Events that came from the flux before"},
    {"fed_back", &Books::fed_back, "Events that came back from the flux itself"},
    {"perturbed", &Books::perturbed, "Events that came from outside"},
    {"gave", &Books::gave, "Events with at least one result"},
    {"filtered", &Books::filtered, "Events without a result, on purpose"},
    {"absorbed", &Books::absorbed, "Events taken into an aggregation"},
    {"failed", &Books::failed, "Events that failed"},
    {"unprocessed", &Books::unprocessed, "Events that came too late"},
    {"results", &Books::results, "Values given for events"},
    {"finish_rows", &Books::finish_rows, "Values given at the end of the stream"},
    {"delivered", &Books::delivered, "Values handed on"},
    {"dropped", &Books::dropped, "Values that a full buffer dropped"},
    {"answered", &Books::answered, "Values given to the client that perturbed"},
    {"feedback_dropped", &Books::feedback_dropped, "Values that a full feedback queue dropped"},
};
static_assert(sizeof(Books) == std::size(kCounters) * sizeof(std::uint64_t), "each member has its counter");

inline Books& Books::operator+=(const Books& other) {
  for (const Counter& counter : kCounters) this->*counter.count += other.*counter.count;
  return *this;
}

}  // namespace flux::runtime
