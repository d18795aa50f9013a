// Results that an agent gave as JSON text, made documents: checked, compact, and read for
// the members that whoever comes next wants, all in one pass over lines of them.
//
// Thread safety: none; belongs to its AgentCall.
#pragma once

#include <span>
#include <utility>

#include "core/arena.hpp"
#include "core/column.hpp"
#include "json/documents.hpp"

namespace flux::runtime {

class JsonResults {
 public:
  // Row r is result r. Both live in the arena.
  struct Read {
    const char* base = nullptr;
    const json::Documents* documents = nullptr;
  };

  // `keeps_space`: white space between tokens stays, but for line breaks.
  JsonResults(json::Wanted wanted, bool keeps_space)
      : reader_(std::move(wanted)), keeps_space_(keeps_space) {}

  // Any bytes are allowed: what is not one JSON value becomes a bad row.
  Read read(std::span<const flux_str> texts, Arena& arena);

 private:
  Read read_lines(std::span<const flux_str> texts, Arena& arena);
  static bool make_compact(const Read& read, std::span<flux_str> texts, Arena& arena);

  json::Reader reader_;
  bool keeps_space_;
};

}  // namespace flux::runtime
