#include "stages/room.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

#include "core/column.hpp"

namespace flux::runtime {

namespace {

// An agent that multiplies gets room for at least this many results at once.
constexpr std::uint32_t kLeastRoom = 1024;

// With this much text in one batch, the agent is asked to go on in the next.
constexpr std::size_t kEnoughText = 32 << 20;

// One piece of text larger than this is a size that nobody computed.
constexpr std::size_t kMostText = std::size_t{1} << 30;

// Behind arrays: four rows of text. Behind text: a terminating zero, and some more.
constexpr std::size_t kWall = 64;
constexpr std::size_t kTextWall = 8;
constexpr unsigned char kBrick = 0xA7;  // neither text, nor a small number

constexpr auto kBricks = [] {
  std::array<unsigned char, kWall> bricks{};
  bricks.fill(kBrick);
  return bricks;
}();

void build_wall(void* behind, std::size_t size) { std::memcpy(behind, kBricks.data(), size); }

bool has_wall(const void* begin, std::size_t size) {
  return std::memcmp(static_cast<const char*>(begin) + size, kBricks.data(), kWall) == 0;
}

}  // namespace

void Room::lay_out(flux_out& out, std::uint32_t rows, Arena& arena) {
  const bool selects = stage_.agent->result == plugin::Result::select;
  const bool extends = stage_.agent->result == plugin::Result::extend;
  const bool one_to_one = selects || extends || stage_.is(FLUX_MAP);
  const bool at_end = rows == 0;
  arena_ = &arena;
  texts_.clear();
  text_size_ = 0;
  out.capacity = one_to_one && !at_end ? rows : std::max(rows, kLeastRoom);
  out.rows = 0;
  out.consumed = rows;
  out.cursor = 0;
  out.at = ~std::size_t{0};
  const bool needs_origin = at_end || !(stage_.is(FLUX_MAP) || extends);
  out.origin = needs_origin ? reinterpret_cast<std::uint32_t*>(guarded(out.capacity * sizeof(std::uint32_t)))
                            : nullptr;
  const auto& fields = stage_.output.fields;
  columns_.resize(selects ? 0 : fields.size());
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    columns_[c] = {guarded(out.capacity * width_of(fields[c].kind)), nullptr};
    if (!extends && !fields[c].optional) continue;
    columns_[c].present = reinterpret_cast<std::uint8_t*>(guarded(out.capacity));
    std::memset(columns_[c].present, FLUX_ABSENT, out.capacity);
  }
  // The agent gets a copy of what it might change.
  auto copy = arena.array<flux_out_column>(columns_.size());
  std::copy(columns_.begin(), columns_.end(), copy.begin());
  out.columns = copy.data();
  out.column_count = static_cast<std::uint32_t>(copy.size());
  given_ = out;
}

std::byte* Room::guarded(std::size_t size) {
  std::byte* bytes = arena_->take(size + kWall);
  build_wall(bytes + size, kWall);
  return bytes;
}

char* Room::text(std::size_t size) noexcept {
  if (text_size_ >= kEnoughText || size > kMostText) return nullptr;
  try {
    auto* bytes = reinterpret_cast<char*>(arena_->take(size + kTextWall));
    texts_.emplace_back(bytes, size);
    build_wall(bytes + size, kTextWall);
    text_size_ += size;
    return bytes;
  } catch (const std::bad_alloc&) {  // it must not cross the boundary
    return nullptr;
  }
}

std::optional<std::string> Room::breach(const flux_out& out) const {
  const bool is_same = out.struct_size == given_.struct_size && out.column_count == given_.column_count &&
                       out.columns == given_.columns && out.origin == given_.origin &&
                       out.capacity == given_.capacity && out.ctx == given_.ctx && out.text == given_.text &&
                       out.fail == given_.fail;
  if (!is_same) return "it changed a member of flux_out that is not its own";
  const std::size_t rows = given_.capacity;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const flux_out_column& column = columns_[c];
    if (out.columns[c].data != column.data || out.columns[c].present != column.present)
      return fmt::format("it put an array of its own in the place of column {}", c);
    if (!has_wall(column.data, rows * width_of(stage_.output.fields[c].kind)))
      return fmt::format("it wrote beyond the {} rows of column {}", rows, c);
    if (column.present != nullptr && !has_wall(column.present, rows))
      return fmt::format("it wrote beyond the {} rows of column {}, in 'present'", rows, c);
  }
  if (given_.origin != nullptr && !has_wall(given_.origin, rows * sizeof(std::uint32_t)))
    return fmt::format("it wrote beyond the {} rows of 'origin'", rows);
  for (const auto& [text, size] : texts_)
    if (std::memcmp(text + size, kBricks.data(), kTextWall) != 0)
      return fmt::format("it wrote beyond the end of a text of {} bytes", size);
  return {};
}

}  // namespace flux::runtime
