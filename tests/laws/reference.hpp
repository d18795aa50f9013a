// What a pipeline means, said as plainly as it can be: one event after the other,
// each through all fluxes before the next one is looked at. No threads, no batches,
// no columns. The engine must come to the same, whatever it does to be quick.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rows/books.hpp"

namespace laws {

// One flux of a pipeline.
struct Lifted {
  std::vector<std::string> calls;  // agents joined by '>>'
  std::string settings;            // "{max_events=3}", or nothing
  std::optional<std::uint64_t> limit = {};
  bool collapses = false;  // at the limit: of entropy, not of max_events
  std::uint64_t feedback_hundredths = 0;
  std::vector<std::string> transform = {};  // agents that outputs pass on their way back
  std::uint64_t queue_size = 50;
};

using Pipeline = std::vector<Lifted>;

std::string spec_of(const Pipeline& pipeline);

struct Expected {
  std::string out;
  std::string letters;  // the dead-letter file
  int exit = 0;
  std::string reason;
  std::vector<flux::runtime::Books> books;  // by flux; exact where nothing stopped early
  std::vector<bool> has_collapsed;          // by flux
  bool stopped_early = false;
  // The letters but for those that are left open: of the line that ends the run, what
  // fluxes before the one that stopped had refused by then depends on how far they
  // were ahead.
  std::string settled(const std::string& letters_of_a_run) const;
  std::vector<std::string> left_open;  // what such letters hold
};

// `stream`: lines, of which the last one may lack its newline.
Expected refer(const Pipeline& pipeline, std::string_view stream, bool is_fatal = false);

}  // namespace laws
