// The walk over the tokens of one line: what stage 1 of simdjson leaves to check
// (the order of the tokens, the depth, the spelling of numbers and words), and in
// the same pass the spans of the wanted members.
//
// A string costs the walk nothing: its opening quote is a token, and stage 1 has
// checked the rest, but for its escapes.
// Thread safety: none; each Reader has its own.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "json/grammar.hpp"
#include "json/line_index.hpp"
#include "json/notes.hpp"
#include "json/wanted.hpp"

namespace flux::json {

class Walk {
 public:
  // One line among those that a structural index was built for.
  struct Line {
    const char* text;          // what offsets of tokens count from
    std::uint32_t end;         // offset of its '\n'
    std::uint32_t base;        // offset of `text` in the chunk
    const LineIndex* escapes;  // of the chunk, all of the line checked; null: it has none
  };

  explicit Walk(const Wanted& wanted) : notes_(wanted) {}

  // The first token behind the line, or null if the line is not one JSON value.
  // `token` is its first one. REQUIRES: 16 bytes readable behind the line.
  const std::uint32_t* run(const Wanted& wanted, const Line& line, const std::uint32_t* token);

  // Of the last run() that gave not null.
  const Notes& notes() const { return notes_; }

 private:
  using Token = const std::uint32_t*;

  Token walk_object(const Wanted& wanted, const Wanted::Level& level, const Line& line, Token token,
                    unsigned depth);
  Token walk_container(const Wanted& wanted, const Wanted::Name* name, const Line& line, Token token,
                       unsigned depth);
  Token skip_container(const Line& line, Token token, unsigned depth);
  const Wanted::Name* find(const Wanted::Level& level, const Line& line, std::uint32_t key,
                           std::uint32_t colon);
  const Wanted::Name* find_escaped(const Wanted::Level& level, std::string_view raw);

  Notes notes_;
  std::array<char, kMaxDepth + 1> closing_;  // [d]: the bracket that closes the container at depth d
  std::string unescaped_key_;
};

}  // namespace flux::json
