// From lines to the first batch: cuts a ticket's block into chunks that fit the
// cache, and reads each as the plan wants it: JSON text with the spans of wanted
// members, a column of ints, or raw strings. Lines that are no good fail here.
//
// Thread safety: none; one per worker.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "json/documents.hpp"
#include "plan/plan.hpp"
#include "rows/ticket.hpp"

namespace flux::runtime {

class Decoder {
 public:
  // REQUIRES: `plan` outlives this.
  Decoder(const plan::Plan& plan, std::size_t max_line, FailureRule rule,
          json::Check check = json::Check::everything);

  // The next chunk as a batch in the ticket's arena; false when the ticket has no
  // more, or stopped. A batch may be without rows.
  bool next(Ticket& ticket, Batch& batch);

 private:
  // A column that grows, and the line of each row.
  struct IntRows {
    std::span<std::int64_t> values;
    std::span<std::uint32_t> line;
    std::uint32_t rows = 0;
  };

  std::string_view next_chunk(const Ticket& ticket) const;
  std::string_view short_lines(std::string_view chunk) const;
  Batch take_ints(Ticket& ticket) const;
  Batch read_text(std::string_view chunk, Ticket& ticket);
  Batch read_ints(std::string_view chunk, Ticket& ticket);
  static const char* add_lines(const char* begin, std::span<const std::uint32_t> ends, IntRows& found,
                               Ticket& ticket);
  bool read_int(const char*& at, const char* end, IntRows& found, Ticket& ticket);
  Batch read_raw(std::string_view chunk, Ticket& ticket);
  void refuse_line(Ticket& ticket);
  // Adds the failure; says whether the lines behind it are still wanted.
  bool fail(std::uint32_t line, FailureKind kind, Ticket& ticket);

  const plan::Plan& plan_;
  const std::size_t max_line_;
  const FailureRule rule_;
  const std::string first_agent_;
  json::Reader reader_;
};

// Which lines are events. Too long is one, blank or not, for it fails.
struct LineRule {
  bool blank_counts;  // raw lines: every line is an event
  std::size_t max_line;
};

// How many lines of `text` are events, counting no further than `most`; `end` is
// where the line behind the last one counted begins.
std::uint64_t count_events(std::string_view text, LineRule rule, std::uint64_t most, std::size_t& end);

}  // namespace flux::runtime
