// An expression ready to be worked out: its tree with every name resolved, and what
// values each part may have.
//
// Immutable once built; safe to read from any thread.
#pragma once

#include <re2/re2.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "expr/ast.hpp"
#include "expr/cell.hpp"
#include "expr/kinds.hpp"

namespace flux::expr {

struct Function;

struct Step {
  enum class Form : std::uint8_t {
    constant,
    input,      // the values of reads()[`input`]
    has,        // whether the operand is neither missing nor null
    member,     // of a value that is not known before: [0].text
    index,      // [0][[1]]
    list,       // as JSON text
    call,       // function(operands)
    operation,  // `op` on operands
  };

  Form form = Form::constant;
  Operator op = Operator::choose;
  Kinds kinds = 0;
  Span span;
  Cell constant;     // of a string, without its text
  std::string text;  // a constant string, or a member's name
  std::uint32_t input = 0;
  const Function* function = nullptr;
  std::unique_ptr<re2::RE2> pattern;  // what matches() looks for
  std::vector<Step> operands;

  bool is_constant(Tag tag) const { return form == Form::constant && constant.tag == tag; }
};

// The cell of a constant. Points into the step.
inline Cell value_of(const Step& constant) {
  Cell cell = constant.constant;
  if (cell.tag != Tag::string) return cell;
  cell.size = static_cast<std::uint32_t>(constant.text.size());
  cell.text = constant.text.data();
  return cell;
}

}  // namespace flux::expr
