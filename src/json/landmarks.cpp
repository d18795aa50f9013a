#include "json/landmarks.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace flux::json {
namespace {

// With more kinds of tails than this it is cheaper to look at every key.
constexpr std::size_t kMostTails = 8;

KeyLooks looks_of(const Wanted& wanted) {
  KeyLooks looks;
  wanted.for_each_name([&looks](const Wanted::Name& name) {
    const std::string& quoted = name.quoted;
    const KeyLooks::Tail tail{quoted[quoted.size() - 3], quoted[quoted.size() - 2]};
    if (std::ranges::find(looks.tails, tail) == looks.tails.end()) looks.tails.push_back(tail);
    const auto is_ascii = [](char c) { return static_cast<signed char>(c) >= 0; };
    if (!std::ranges::all_of(name.text, is_ascii)) looks.any_escape = true;
  });
  if (looks.tails.size() > kMostTails) looks.tails.clear();
  return looks;
}

}  // namespace

Landmarks::Landmarks(const Wanted& wanted) : keys_(looks_of(wanted)) {}

// As StructuralIndex does: four bytes per byte of text, and what an unusually large
// text took is given back.
void Landmarks::fit(std::size_t size) {
  constexpr std::size_t kUsual = 256 << 10;
  const bool is_wasteful = capacity_ > 4 * kUsual && size < capacity_ / 4;
  if (size <= capacity_ && !is_wasteful) return;
  capacity_ = std::max(size, kUsual);
  marks_.reset();
  marks_ = std::make_unique_for_overwrite<std::uint32_t[]>(capacity_);
}

void Landmarks::build(const char* text, std::size_t size) {
  fit(size);
  std::uint32_t* mark = marks_.get();
  std::size_t lines = 0;
  std::array<std::uint64_t, 64> ahead;  // looked at in one go
  for (std::size_t at = 0; at < size; at += ahead.size() * kLandmarkBlock) {
    const std::size_t count = std::min((size - at + kLandmarkBlock - 1) / kLandmarkBlock, ahead.size());
    find_landmarks(text + at, count, keys_, ahead.data());
    if (size - at < count * kLandmarkBlock)
      ahead[count - 1] &= (std::uint64_t{1} << (size - at) % kLandmarkBlock) - 1;
    for (std::size_t i = 0; i < count; ++i) {
      for (std::uint64_t bits = ahead[i]; bits != 0; bits &= bits - 1) {
        *mark = static_cast<std::uint32_t>(at + i * kLandmarkBlock) +
                static_cast<std::uint32_t>(std::countr_zero(bits));
        lines += text[*mark++] == '\n' ? 1 : 0;
      }
    }
  }
  lines_ = lines;
}

}  // namespace flux::json
