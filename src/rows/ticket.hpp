// One block of lines on its way through the pipeline, and all that belongs to it:
// its bytes, its memory, its results, what failed, and its part of the books.
// Tickets are numbered in stream order; that number is how order is kept.
//
// Thread safety: none; a ticket belongs to whoever carries it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/arena.hpp"
#include "core/bytes.hpp"
#include "io/framer.hpp"
#include "rows/batch.hpp"
#include "rows/books.hpp"
#include "rows/origins.hpp"

namespace flux::runtime {

// Where a line stands in its block.
struct Line {
  std::uint32_t begin;   // offset in the cut's text
  std::uint32_t size;    // without the newline
  std::uint32_t number;  // among the physical lines of the block, from 0
};

enum class FailureKind : std::uint8_t { decode, type, agent, overflow };

// One event that failed. The others go on. Small, for there may be one per line.
struct Failure {
  std::uint32_t line;  // index into Ticket::lines, or kNoLine
  std::uint32_t flux;
  std::uint64_t event;  // which one of those that the flux was handed in this ticket
  FailureKind kind;
  std::string_view agent;              // lives as long as the plan
  std::string message;                 // empty: the line itself is no good, and tells why
  std::unique_ptr<std::string> value;  // what the flux was handed, where that is not the line itself
};

// How all fluxes of a run treat failures.
struct FailureRule {
  bool is_fatal = false;      // --on-error fail
  bool keeps_values = false;  // somebody wants to know what the failing flux was handed
};

enum class StopReason : std::uint8_t {
  max_events,    // the limit is reached
  agent_end,     // the agent wants no more
  collapsed,     // an event came that entropy could not afford
  failure,       // --on-error fail
  agent_failed,  // the instance is unusable
  abandoned,     // nobody is there any more to write to
};

// Why a flux wants nothing beyond a line.
struct Stop {
  std::uint32_t line;  // the last one that counts, or kNoLine: all of this ticket
  std::uint32_t flux;
  StopReason reason;
  std::string message;

  // Whether the flux's own limit is why: such a stop stands where the events are counted.
  bool is_limit() const { return reason == StopReason::max_events || reason == StopReason::collapsed; }

  // Whether a row of this line that arrives at this flux comes too late. On the last
  // line that counts, what the stopped flux gave still goes on downstream.
  bool is_before(std::uint32_t row_line, std::uint32_t at_flux) const {
    return row_line > line || (row_line == line && at_flux <= flux);
  }
};

// What a ticket was read from. Written by the ticket source.
struct TicketInput {
  io::Block block;
  io::Cut cut;
  const io::Source* source = nullptr;         // what it was read from; null: events from outside
  std::optional<std::uint64_t> lines_before;  // physical lines of it, if that is known so early
  Origins origins;                            // behind a drop buffer; else empty
  std::size_t first_origin = 0;               // that of line 0
  std::uint64_t taken = 0;                    // events that it took out of that buffer; else 0
  std::vector<std::int64_t> ints;             // these events, where they are plain integers and no lines

  // The block and the vectors keep their memory.
  void clear() {
    cut = {};
    source = nullptr;
    lines_before.reset();
    origins.clear();
    first_origin = 0;
    taken = 0;
    ints.clear();
  }
};

// The encoded results of a ticket. Written by the worker behind the last flux.
struct TicketOutput {
  Bytes bytes;
  std::vector<std::int64_t> ints;    // instead of `bytes`, where the sink takes them
  std::vector<std::uint32_t> ends;   // by row of `bytes` where it ends, if the sink wants that,
  std::vector<std::uint32_t> lines;  // and which line it comes from
  std::uint64_t rows = 0;            // that were encoded

  // In bytes.
  std::size_t size() const { return bytes.size() + ints.size() * sizeof(std::int64_t); }

  // Memory stays warm, but for what an unusual block made large.
  void clear() {
    constexpr std::size_t kKeep = 1 << 20;
    bytes.clear(kKeep);
    ints.clear();
    ends.clear();
    lines.clear();
    rows = 0;
  }
};

struct Ticket {
  std::uint64_t number = 0;
  TicketInput in;
  // Written by the decoder.
  std::size_t decoded = 0;           // bytes of in.cut.text that are behind us
  std::uint32_t physical_lines = 0;  // of them
  Buffer<Line> lines;                // those that are not blank
  // Written by the worker that carries the ticket.
  Arena arena;
  std::vector<std::vector<Batch>> queues;  // by segment: what waits for it
  std::uint64_t queued = 0;                // batches that ever waited there
  std::uint64_t waiting = 0;               // batches that do now
  std::vector<bool> has_entered;           // by segment: holds that turnstile
  TicketOutput out;
  // The account of what happened: written by fluxes, read and corrected by Delivery.
  std::vector<Failure> failures;
  std::vector<Books> books;      // by flux
  std::optional<Stop> stop;      // the first in stream order
  std::uint64_t first_line = 0;  // physical lines of its source before it; set by Delivery

  // Keeps the stop that comes first in stream order; of two on one line the one
  // further down, for an event gets there before the next one starts.
  void stop_at(Stop candidate) {
    const bool is_first = !stop || candidate.line < stop->line ||
                          (candidate.line == stop->line && candidate.flux >= stop->flux);
    if (is_first) stop = std::move(candidate);
  }

  std::string_view text_of(const Line& line) const { return in.cut.text.substr(line.begin, line.size); }
  // With the white space around the value, without the newline.
  std::string_view physical_line(const Line& line) const {
    const std::size_t begin = in.cut.text.substr(0, line.begin).rfind('\n') + 1;  // npos + 1 is 0
    return in.cut.text.substr(begin, in.cut.text.find('\n', line.begin + line.size) - begin);
  }

  // Where the physical line begins in its source.
  std::uint64_t offset_of(const Line& line) const {
    return in.cut.offset + static_cast<std::uint64_t>(physical_line(line).data() - in.cut.text.data());
  }

  // Of a line behind a drop buffer.
  Origin origin_of(std::uint32_t line) const { return in.origins[in.first_origin + line]; }

  void queue(std::size_t segment, const Batch& batch) {
    queues[segment].push_back(batch);
    ++queued;
    ++waiting;
  }

  // As new, with warm memory, but for what an unusual block made large.
  void recycle(std::size_t segments, std::size_t fluxes) {
    constexpr std::size_t kKeep = 1 << 20;
    in.clear();
    decoded = 0;
    physical_lines = 0;
    lines.clear(kKeep / sizeof(Line));
    arena.reset(kKeep);
    queues.resize(segments);
    for (auto& queue : queues) queue.clear();
    queued = waiting = 0;
    has_entered.assign(segments + 1, false);
    out.clear();
    failures.clear();
    books.assign(fluxes, {});
    stop.reset();
    first_line = 0;
  }
};

// Takes back arena memory as soon as nothing that waits somewhere can live in it.
class ArenaScope {
 public:
  explicit ArenaScope(Ticket& ticket) : ticket_(ticket), mark_(ticket.arena.mark()), queued_(ticket.queued) {}
  ~ArenaScope() { release(); }
  ArenaScope(const ArenaScope&) = delete;
  ArenaScope& operator=(const ArenaScope&) = delete;

  void release() {
    if (ticket_.queued == queued_ || ticket_.waiting == 0) ticket_.arena.release(mark_);
  }

 private:
  Ticket& ticket_;
  const Arena::Mark mark_;
  const std::uint64_t queued_;
};

}  // namespace flux::runtime
