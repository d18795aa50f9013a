// An expression over one event, in a subset of CEL (github.com/google/cel-spec):
// parsed and type-checked once, then worked out over columns, without an allocation
// per event.
//
// What is not as in CEL:
//   - The variables are the event's members; `event` is the event itself. A member that
//     is missing is null, and so is a member of what is no object.
//   - Ints become floats beside floats; one that no float equals is an overflow.
//     Comparing them is exact. What does not fit is an overflow, never infinity.
//   - Null is before or behind nothing (false). Values of different kinds are different,
//     and to order them fails.
//   - x in [a, b] is x == a || x == b: what is found makes up for what fails.
//   - Timestamps reach from 1677 to 2262, in nanoseconds; time zones are offsets.
//   - There are no loops over lists, objects in braces, unsigned ints or bytes.
//
// Thread safety: immutable once parsed; any thread may call any member.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/arena.hpp"
#include "core/error.hpp"
#include "core/type.hpp"
#include "expr/cell.hpp"

namespace flux::expr {

// What is known of an expression's values before any event is there.
enum class Known : std::uint8_t {
  nothing,  // any value
  boolean,
  int64,
  float64,
  number,  // int or float, as the events have it
  string,
  list,
  object,
  timestamp,
  duration,
};

// "bool", "int", "timestamp", "any value": for messages.
std::string_view name_of(Known known);

// Why an event failed, ready for people: "a / b: division by zero".
struct Failing {
  std::string message;
  bool is_overflow;
};

class Expression {
 public:
  // `text` stands at bytes [place.span.begin, place.span.end) of place.text, where
  // errors put their caret. `given`: what the events are. Throws Error.
  static Expression parse(std::string_view text, const Type& given, const Excerpt& place);

  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  ~Expression();

  // The members that it looks at, each once; an empty path is the event itself.
  const std::vector<Path>& reads() const;
  // Of values that are not null.
  Known known() const;
  bool may_be_null() const;
  // Whether it is a member, or the event, and nothing is done with it: its value is
  // that of reads()[0].
  bool is_read() const;

  // One value per row, in the arena. inputs[i] has the values of reads()[i].
  std::span<const Cell> evaluate(std::span<const std::span<const Cell>> inputs, std::uint32_t rows,
                                 Arena& arena) const;

  // REQUIRES: a cell that evaluate() gave, whose tag is fault.
  Failing explain(const Cell& fault) const;

 private:
  struct Tree;
  explicit Expression(std::unique_ptr<const Tree> tree);
  std::unique_ptr<const Tree> tree_;
};

// The cell of a JSON value, as evaluate() wants it. Escapes are undone in the arena.
// An integer beyond 64 bits, or a number beyond a double, is a fault.
// REQUIRES: `raw` is one valid JSON value without white space around it.
Cell cell_of_json(std::string_view raw, Arena& arena);

// The JSON text of a value: a timestamp as an RFC 3339 string, a duration as a string
// like "90.5s". REQUIRES: it is no fault.
std::string_view json_of(const Cell& cell, Arena& arena);

}  // namespace flux::expr
