// simdjson is asked for its lowest layer only: the tape of its parser would cost as
// much again, and nobody here reads it.
#include "json/structural_index.hpp"

#include <simdjson.h>

#include <new>

namespace flux::json {
namespace {

// The index takes four bytes per byte of text.
constexpr std::size_t kUsual = 256 << 10;
constexpr std::size_t kStep = 64 << 10;

}  // namespace

StructuralIndex::StructuralIndex() {
  // The depth is that of simdjson's own parser, which never runs.
  constexpr std::size_t kNoDepth = 1;
  const auto error =
      simdjson::get_active_implementation()->create_dom_parser_implementation(kUsual, kNoDepth, parser_);
  if (error != simdjson::SUCCESS) throw std::bad_alloc();
  capacity_ = kUsual;
}

StructuralIndex::~StructuralIndex() = default;
StructuralIndex::StructuralIndex(StructuralIndex&&) noexcept = default;
StructuralIndex& StructuralIndex::operator=(StructuralIndex&&) noexcept = default;

void StructuralIndex::fit(std::size_t size) {
  const bool is_wasteful = capacity_ > 4 * kUsual && size < capacity_ / 4;
  if (size <= capacity_ && !is_wasteful) return;
  const std::size_t wanted = size <= kUsual ? kUsual : (size + kStep - 1) / kStep * kStep;
  // The old room goes first: both at once would be the peak of memory.
  parser_->structural_indexes.reset();
  if (parser_->set_capacity(wanted) != simdjson::SUCCESS) throw std::bad_alloc();
  capacity_ = wanted;
}

StructuralIndex::Outcome StructuralIndex::build(const char* text, std::size_t size) {
  if (size == 0) return Outcome::no_token;
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text);
  switch (parser_->stage1(bytes, size, simdjson::stage1_mode::regular)) {
    case simdjson::SUCCESS:
      return Outcome::ok;
    case simdjson::EMPTY:
      return Outcome::no_token;
    default:
      return Outcome::bad;  // simdjson has 30 more codes, all of them for a bad text
  }
}

const std::uint32_t* StructuralIndex::tokens() const { return parser_->structural_indexes.get(); }

}  // namespace flux::json
