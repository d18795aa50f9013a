// Tokens ascend, so "the last token used stands before the end of the line" covers
// all of them. To bound the work on bad input it is also checked at every opening
// bracket: no walk that started in one line goes over the start of another.
#include "json/walk.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "json/grammar.hpp"
#include "json/number.hpp"
#include "json/string.hpp"

namespace flux::json {
namespace {

// One past the last byte of the token that stands before `next`, the following
// token: nothing but white space can be between them.
std::uint32_t token_end(const char* text, std::uint32_t next) {
  while (is_white_space(text[next - 1])) --next;
  return next;
}

// REQUIRES: 16 bytes readable at `p`, the first of them '-' or a digit.
bool is_number_token(const char* p, std::uint32_t size) {
  if (size <= 16) {
    // Most numbers are 123 or 123.45, and are seen to be right in one look.
    const std::uint32_t others = digits::others_of_16(p) & ((1u << size) - 1);
    const auto whole = static_cast<std::uint32_t>(others == 0 ? size : std::countr_zero(others));
    const bool whole_is_right = whole != 0 && (*p != '0' || whole == 1);
    const bool one_other = (others & (others - 1)) == 0;
    const bool rest_is_right = others == 0 || (one_other && p[whole] == '.' && whole + 1 < size);
    if (whole_is_right && rest_is_right) return true;
  }
  return is_number({p, size});
}

// A value that is not a string, object or array; `next` is the token behind it.
bool is_scalar(const char* text, std::uint32_t value, std::uint32_t next) {
  const char* const p = text + value;
  const std::uint32_t size = token_end(text, next) - value;
  if (*p == '-' || (*p >= '0' && *p <= '9')) return is_number_token(p, size);
  if (*p == 'f') return size == 5 && std::memcmp(p, "false", 5) == 0;
  return size == 4 && (std::memcmp(p, "true", 4) == 0 || std::memcmp(p, "null", 4) == 0);
}

bool is_key(const char* text, const std::uint32_t* token) {
  return text[token[0]] == '"' && text[token[1]] == ':';
}

}  // namespace

inline const Wanted::Name* Walk::find(const Wanted::Level& level, const Line& line, std::uint32_t key,
                                      std::uint32_t colon) {
  const char* const begin = line.text + key + 1;
  const bool is_escaped =
      line.escapes != nullptr && line.escapes->has_backslash(line.base + key, line.base + colon);
  if (!is_escaped) return level.find_raw(begin, colon - key - 1);
  // The walk of a line that is not closed may go on in the next, whose escapes are not checked yet.
  if (colon >= line.end) return nullptr;
  return find_escaped(level, {begin, token_end(line.text, colon) - key - 2});
}

const std::uint32_t* Walk::run(const Wanted& wanted, const Line& line, Token token) {
  notes_.clear();
  const std::uint32_t value = *token;
  switch (line.text[value]) {
    case '"':
      ++token;
      break;
    case '[':
      token = skip_container(line, token, 0);
      break;
    case '{':
      token = notes_.is_empty() ? skip_container(line, token, 0)
                                : walk_object(wanted, wanted.top(), line, token + 1, 1);
      break;
    default:
      ++token;
      if (!is_scalar(line.text, value, std::min(*token, line.end))) return nullptr;
  }
  const bool fills_the_line = token != nullptr && token[-1] < line.end && *token >= line.end;
  return fills_the_line ? token : nullptr;
}

// From behind an opening brace to behind the closing one. `depth`: with this object.
const std::uint32_t* Walk::walk_object(const Wanted& wanted, const Wanted::Level& level, const Line& line,
                                       Token token, unsigned depth) {
  const char* const text = line.text;
  if (text[*token] == '}') return token + 1;
  for (;;) {
    if (!is_key(text, token)) return nullptr;
    const std::uint32_t key = token[0];
    const Wanted::Name* const name = find(level, line, key, token[1]);
    if (name != nullptr) notes_.forget(*name);
    const std::uint32_t value = token[2];
    token += 3;
    switch (text[value]) {
      case '"':
        break;
      case '{':
      case '[':
        token = walk_container(wanted, name, line, token - 1, depth);
        if (token == nullptr) return nullptr;
        break;
      default:
        if (!is_scalar(text, value, *token)) return nullptr;
    }
    const std::uint32_t separator = *token++;
    if (name != nullptr)
      notes_.set(name->place, {line.base + key, line.base + value, line.base + token_end(text, separator)});
    if (text[separator] == '}') return token;
    if (text[separator] != ',') return nullptr;
  }
}

// From an opening bracket to behind the one that closes it. `depth`: around it.
// `name`: the wanted name whose value it is, or null.
const std::uint32_t* Walk::walk_container(const Wanted& wanted, const Wanted::Name* name, const Line& line,
                                          Token token, unsigned depth) {
  const bool is_way = name != nullptr && name->level_below != Wanted::kNoLevel;
  if (!is_way || line.text[*token] == '[') return skip_container(line, token, depth);
  if (depth == kMaxDepth || *token >= line.end) return nullptr;
  return walk_object(wanted, wanted.level(name->level_below), line, token + 1, depth + 1);
}

// The same where no members are wanted.
const std::uint32_t* Walk::skip_container(const Line& line, Token token, unsigned depth) {
  const char* const text = line.text;
  const unsigned depth_around = depth;
  for (;;) {
    const std::uint32_t value = *token++;
    const char first = text[value];
    if (first == '{' || first == '[') {
      if (depth == kMaxDepth || value >= line.end) return nullptr;
      closing_[++depth] = first == '{' ? '}' : ']';
      if (text[*token] != closing_[depth]) {
        if (first == '[') continue;
        if (!is_key(text, token)) return nullptr;
        token += 2;
        continue;
      }
    } else if (first != '"' && !is_scalar(text, value, *token)) {
      return nullptr;
    }
    while (text[*token] == closing_[depth]) {
      ++token;
      if (--depth == depth_around) return token;
    }
    if (text[*token++] != ',') return nullptr;
    if (closing_[depth] == ']') continue;
    if (!is_key(text, token)) return nullptr;
    token += 2;
  }
}

// Off the hot path: hardly any key is written with escapes.
[[gnu::noinline]] const Wanted::Name* Walk::find_escaped(const Wanted::Level& level, std::string_view raw) {
  unescaped_key_.resize(raw.size());
  return level.find({unescaped_key_.data(), unescape(raw, unescaped_key_.data())});
}

}  // namespace flux::json
