#include "stages/json_results.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "io/block.hpp"
#include "json/check.hpp"
#include "json/edit.hpp"
#include "json/grammar.hpp"

namespace flux::runtime {

namespace {

// Stands for what would be no line or more than one, and is not JSON.
constexpr std::string_view kNoJson = "?";

std::string_view as_line(std::string_view text, Arena& arena) {
  const bool is_one_line = text.find('\n') == std::string_view::npos && !json::is_blank(text);
  if (is_one_line) return text;
  return json::is_value(text) ? json::compact(text, arena) : kNoJson;
}

}  // namespace

JsonResults::Read JsonResults::read(std::span<const flux_str> texts, Arena& arena) {
  const Read read = read_lines(texts, arena);
  if (keeps_space_) return read;
  const auto compact = arena.array<flux_str>(texts.size());
  return make_compact(read, compact, arena) ? read_lines(compact, arena) : read;
}

JsonResults::Read JsonResults::read_lines(std::span<const flux_str> texts, Arena& arena) {
  using io::Block;
  std::size_t most = 0;
  for (const flux_str& text : texts) most += std::max(text.size, kNoJson.size()) + 1;
  auto* base = reinterpret_cast<char*>(arena.take(Block::kFront + most + Block::kBack)) + Block::kFront;
  char* end = base;
  for (const flux_str& text : texts) {
    const std::string_view line = as_line(view(text), arena);
    std::memcpy(end, line.data(), line.size());
    end += line.size();
    *end++ = '\n';
  }
  auto documents = arena.array<json::Documents>(1);
  documents[0] = reader_.read({base, static_cast<std::size_t>(end - base)}, arena);
  return {base, documents.data()};
}

// Whether that changed any of them: most results hold no white space to begin with.
bool JsonResults::make_compact(const Read& read, std::span<flux_str> texts, Arena& arena) {
  bool has_changed = false;
  for (std::size_t row = 0; row < texts.size(); ++row) {
    const json::Documents& documents = *read.documents;
    std::string_view text(read.base + documents.begin[row], documents.end[row] - documents.begin[row]);
    if (documents.status[row] == json::Status::ok) {
      const std::size_t size = text.size();
      text = json::compact(text, arena);
      has_changed |= text.size() != size;
    }
    texts[row] = str(text);
  }
  return has_changed;
}

}  // namespace flux::runtime
