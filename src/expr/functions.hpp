// The functions of the language: one table has all that is known of each.
//
// Immutable; safe to read from any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "expr/arithmetic.hpp"
#include "expr/kinds.hpp"
#include "expr/values.hpp"

namespace flux::expr {

// One function applied to the rows of a batch.
struct Call {
  Context at;
  std::span<const Values> operands;
  std::uint32_t rows;
};

struct Function {
  enum class Style : std::uint8_t {
    plain,   // int(x)
    method,  // text.trim()
    either   // size(x), x.size()
  };

  std::string_view name;
  Style style;
  std::uint8_t least, most;    // operands, the one in front of the dot included
  std::array<Kinds, 4> wants;  // of operands beyond the last one with kinds: what that one does
  Kinds gives;                 // 0: the kinds of its operands
  void (*run)(const Call& call, Cell* out);
  std::string_view usage;  // "text.contains(part)"
  std::string_view doc;    // one line

  Kinds wants_of(std::size_t operand) const;
};

inline constexpr std::size_t kMostOperands = 16;

std::span<const Function> functions();

const Function* find_function(std::string_view name);

}  // namespace flux::expr
