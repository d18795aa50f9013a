// No step goes over a newline: in a text that has landmarks none stands in a string.
#include "json/glance.hpp"

#include <cstring>
#include <string_view>

#include "json/check.hpp"
#include "json/number.hpp"

namespace flux::json {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool is_plain_string(std::string_view value) {
  if (value.size() < 2) return false;
  for (const char c : value.substr(1, value.size() - 2))
    if (static_cast<signed char>(c) < ' ' || c == '\\') return false;
  return true;
}

bool is_well_formed(std::string_view value) {
  if (value.empty()) return false;
  if (value.front() == '"' && is_plain_string(value)) return true;
  if (value.front() == '-' || (value.front() >= '0' && value.front() <= '9')) return is_number(value);
  return is_value(value);
}

std::uint32_t scalar_end(const char* text, std::uint32_t at) {
  const auto ends_it = [](char c) { return c == ',' || c == '}' || c == ']' || c == '\n' || is_space(c); };
  while (!ends_it(text[at])) ++at;
  return at;
}

}  // namespace

Glance::Glance(const Wanted& wanted) : notes_(wanted), is_asked_for_(wanted.places()) {
  for (std::size_t slot = 0; slot < wanted.slots(); ++slot) is_asked_for_[wanted.place_of(slot)] = true;
}

void Glance::start(const char* text, const Landmarks& landmarks) {
  text_ = text;
  landmarks_ = &landmarks;
  escape_ = landmarks.unicode_escapes();
}

const std::uint32_t* Glance::run(const Wanted& wanted, std::uint32_t value, Mark mark) {
  notes_.clear();
  line_begin_ = value;
  while (*escape_ < value) ++escape_;
  if (text_[value] != '{') return nullptr;  // hardly ever where members are wanted
  mark = look_into(wanted, wanted.top(), mark + 1);
  if (mark == nullptr || text_[*mark] != '\n') return nullptr;
  std::uint32_t end = *mark;
  while (is_space(text_[end - 1])) --end;
  return mark[-1] == end - 1 ? mark + 1 : nullptr;
}

// From behind an opening brace to behind the closing one.
const std::uint32_t* Glance::look_into(const Wanted& wanted, const Wanted::Level& level, Mark mark) {
  for (;;) {
    const std::uint32_t at = *mark++;
    switch (text_[at]) {
      case ':': {
        std::uint32_t key_end = at;
        while (text_[key_end - 1] != '"' && is_space(text_[key_end - 1])) --key_end;
        const Wanted::Name* const name = level.find_before(text_ + line_begin_, text_ + key_end);
        if (name != nullptr) {
          mark = note(wanted, *name, key_end, mark);
          if (mark == nullptr) return nullptr;
        } else if (*escape_ < at) {
          if (is_escaped(key_end)) return nullptr;
          while (*escape_ < at) ++escape_;  // it is in what stands before the key
        }
        break;
      }
      case '{':
      case '[':
        mark = skip(mark);
        if (mark == nullptr) return nullptr;
        break;
      case '}':
        return mark;
      default:
        return nullptr;
    }
  }
}

// The member whose key ends at `key_end`; `mark`: behind its colon, then behind its value.
const std::uint32_t* Glance::note(const Wanted& wanted, const Wanted::Name& name, std::uint32_t key_end,
                                  Mark mark) {
  notes_.forget(name);
  std::uint32_t value = mark[-1] + 1;
  while (is_space(text_[value])) ++value;
  std::uint32_t end = 0;
  switch (text_[value]) {
    case '"':
      end = landmarks_->string_end(value);
      break;
    case '{':
    case '[': {
      const bool is_way = name.level_below != Wanted::kNoLevel && text_[value] == '{';
      mark = is_way ? look_into(wanted, wanted.level(name.level_below), mark + 1) : skip(mark + 1);
      if (mark == nullptr) return nullptr;
      end = mark[-1] + 1;
      break;
    }
    default:
      end = scalar_end(text_, value);
  }
  if (is_asked_for_[name.place] && !is_well_formed({text_ + value, end - value})) return nullptr;
  const auto key = static_cast<std::uint32_t>(key_end - name.quoted.size());
  notes_.set(name.place, {key, value, end});
  return mark;
}

// From behind an opening bracket to behind the one that closes it.
const std::uint32_t* Glance::skip(Mark mark) const {
  for (unsigned depth = 1;;) {
    switch (text_[*mark++]) {
      case '{':
      case '[':
        ++depth;
        break;
      case '}':
      case ']':
        if (--depth == 0) return mark;
        break;
      case '\n':
        return nullptr;
      default:
        break;
    }
  }
}

// Whether the key is written with escapes, and so may be a wanted one all the same.
[[gnu::noinline]] bool Glance::is_escaped(std::uint32_t key_end) {
  if (text_[key_end - 1] != '"') return true;
  const std::uint32_t begin = landmarks_->string_begin(key_end - 1);
  return std::memchr(text_ + begin, '\\', key_end - begin) != nullptr;
}

}  // namespace flux::json
