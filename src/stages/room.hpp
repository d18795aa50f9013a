// Room for the results of one call to an agent, and a watch over its walls: behind every
// array that the agent may write to stand bytes that must be the same after the call.
//
// Thread safety: none; belongs to its AgentCall.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/arena.hpp"
#include "plan/plan.hpp"

namespace flux::runtime {

class Room {
 public:
  // REQUIRES: the stage outlives this.
  explicit Room(const plan::Stage& stage) : stage_(stage) {}

  // Lays out `out` for what `rows` rows give, 0: for what finish() gives. Arrays come
  // from the arena; nothing in them is zeroed but what must be.
  void lay_out(flux_out& out, std::uint32_t rows, Arena& arena);

  // Bytes for text, or null: there is no more room in this batch. Never throws.
  char* text(std::size_t size) noexcept;

  // The arrays as they were laid out, whatever `out` says now.
  std::span<const flux_out_column> columns() const { return columns_; }

  // What the agent wrote where it may not, if it did: "wrote beyond the 5 rows of column 0".
  std::optional<std::string> breach(const flux_out& out) const;

 private:
  std::byte* guarded(std::size_t size);

  const plan::Stage& stage_;
  Arena* arena_ = nullptr;
  flux_out given_{};                                  // as it was laid out
  std::vector<flux_out_column> columns_;              // likewise
  std::vector<std::pair<char*, std::size_t>> texts_;  // of this call
  std::size_t text_size_ = 0;                         // of all of them
};

}  // namespace flux::runtime
