#include "rows/batch.hpp"

#include <numeric>

namespace flux::runtime {

namespace {

std::span<const std::uint32_t> pick_from(std::span<const std::uint32_t> from,
                                         std::span<const std::uint32_t> which, Arena& arena) {
  auto picked = arena.array<std::uint32_t>(which.size());
  for (std::size_t i = 0; i < which.size(); ++i) picked[i] = from[which[i]];
  return picked;
}

template <class T>
void* pick_values(const Column& column, std::span<const std::uint32_t> which, Arena& arena) {
  auto picked = arena.array<T>(which.size());
  for (std::size_t i = 0; i < which.size(); ++i) picked[i] = column.as<T>()[which[i]];
  return picked.data();
}

}  // namespace

Column pick(const Column& column, std::span<const std::uint32_t> which, Arena& arena) {
  Column picked{column.kind, nullptr, nullptr};
  switch (column.kind) {
    case Kind::int64:
      picked.data = pick_values<std::int64_t>(column, which, arena);
      break;
    case Kind::float64:
      picked.data = pick_values<double>(column, which, arena);
      break;
    case Kind::boolean:
      picked.data = pick_values<std::uint8_t>(column, which, arena);
      break;
    case Kind::string:
    case Kind::json:
      picked.data = pick_values<flux_str>(column, which, arena);
      break;
  }
  if (column.present != nullptr) {
    auto present = arena.array<std::uint8_t>(which.size());
    for (std::size_t i = 0; i < which.size(); ++i) present[i] = column.present[which[i]];
    picked.present = present.data();
  }
  return picked;
}

std::span<const std::uint32_t> counting(std::uint32_t count, Arena& arena) {
  auto numbers = arena.array<std::uint32_t>(count);
  std::iota(numbers.begin(), numbers.end(), 0U);
  return numbers;
}

bool is_counting(std::span<const std::uint32_t> numbers) {
  std::uint32_t differences = 0;  // without a jump per number: eight at a time
  for (std::size_t i = 0; i < numbers.size(); ++i) differences |= numbers[i] ^ static_cast<std::uint32_t>(i);
  return differences == 0;
}

void Batch::become_text(const char* chunk, const json::Documents& read,
                        std::span<const std::uint32_t> which) {
  base = chunk;
  documents = &read;
  doc = which;
  is_all = which.size() == read.count && is_counting(which);
  cells = {};
  columns = {};
}

Batch Batch::pick(std::span<const std::uint32_t> which, Arena& arena) const {
  Batch picked = *this;
  picked.rows = static_cast<std::uint32_t>(which.size());
  picked.line = pick_from(line, which, arena);
  picked.event = event.empty() ? which : pick_from(event, which, arena);
  picked.is_all = false;
  if (is_text()) picked.doc = pick_from(doc, which, arena);
  if (!columns.empty()) {
    auto chosen = arena.array<Column>(columns.size());
    for (std::size_t c = 0; c < columns.size(); ++c) chosen[c] = runtime::pick(columns[c], which, arena);
    picked.columns = chosen;
  }
  return picked;
}

Batch Batch::first(std::uint32_t count) const {
  Batch fewer = *this;
  fewer.rows = count;
  fewer.is_all = is_all && count == rows;
  return fewer;
}

}  // namespace flux::runtime
