// Steps at work, a batch at a time: each is one loop over the rows.
#pragma once

#include <cstdint>
#include <span>

#include "core/arena.hpp"
#include "expr/step.hpp"
#include "expr/values.hpp"

namespace flux::expr {

// inputs[i] are the values of the input number i. Of a step without any, one value.
Values evaluate(const Step& step, std::span<const std::span<const Cell>> inputs, std::uint32_t rows,
                Arena& arena);

}  // namespace flux::expr
