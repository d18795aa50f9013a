// No step goes over the end of the line.
#include "json/glance.hpp"

#include <algorithm>

#include "json/escapes.hpp"
#include "json/grammar.hpp"
#include "json/nesting.hpp"
#include "json/scan.hpp"

namespace flux::json {
namespace {

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_white_space(text[at])) ++at;
  return at;
}

}  // namespace

Glance::Glance(const Wanted& wanted) : notes_(wanted), is_asked_for_(wanted.places()) {
  for (std::size_t slot = 0; slot < wanted.slots(); ++slot) is_asked_for_[wanted.place_of(slot)] = true;
  wanted.for_each_name([this](const Wanted::Name& name) {
    for (const char c : name.text) {
      if (static_cast<signed char>(c) >= 0)
        is_in_a_name_[static_cast<unsigned char>(c)] = true;
      else
        std::fill(is_in_a_name_.begin() + 128, is_in_a_name_.end(), true);  // it may be any of them
    }
  });
}

bool Glance::run(const Wanted& wanted, const char* text, const Line& line) {
  std::uint32_t end = *line.end;
  while (is_white_space(text[end - 1])) --end;
  if (text[line.begin] != '{' || text[end - 1] != '}') return false;  // hardly ever where members are wanted
  notes_.clear();
  text_ = {text, end};
  begin_ = line.begin;
  objects_.clear();
  objects_.push_back({&wanted.top(), end});
  at_ = begin_ + 1;
  depth_ = 0;
  string_end_ = 0;
  for (const std::uint32_t* mark = line.marks; mark < line.end; ++mark) {
    const char c = text[*mark];
    const bool is_key = c == ':' || is_white_space(c);
    if (is_key ? !look_at_key(wanted, *mark) : may_spell_a_key(*mark)) return false;
  }
  return true;
}

// `key_end`: behind the closing quote. False: something is wrong with its member.
bool Glance::look_at_key(const Wanted& wanted, std::size_t key_end) {
  while (objects_.size() > 1 && objects_.back().end <= key_end) {
    at_ = objects_.back().end;
    depth_ = 0;
    objects_.pop_back();
  }
  const Wanted::Name* const name =
      objects_.back().level->find_before(text_.data() + begin_, text_.data() + key_end);
  if (name == nullptr) return true;
  const std::size_t key = key_end - name->quoted.size();
  const std::size_t colon = skip_space(text_, key_end);
  if (key < at_ || colon == text_.size() || text_[colon] != ':') return true;
  depth_ += depth_of(text_.substr(at_, key - at_));
  at_ = colon + 1;
  if (depth_ != 0) return true;
  notes_.forget(*name);
  const std::size_t value = skip_space(text_, at_);
  if (value == text_.size()) return false;
  return note(wanted, *name, {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(value), 0});
}

// `member`: but for its end.
bool Glance::note(const Wanted& wanted, const Wanted::Name& name, const Member& member) {
  const bool is_way = name.level_below != Wanted::kNoLevel && text_[member.value] == '{';
  std::size_t end = member.value + 1;
  if (is_asked_for_[name.place]) {
    end = scan_value(text_, member.value);
    if (end == 0) return false;
    const std::size_t behind = skip_space(text_, end);
    if (behind == text_.size() || (text_[behind] != ',' && text_[behind] != '}')) return false;
    at_ = end;
  } else if (is_way) {
    end = find_close(text_, member.value);
    if (end == 0) return false;
  }
  notes_.set(name.place, {member.key, member.value, static_cast<std::uint32_t>(end)});
  if (is_way) {
    objects_.push_back({&wanted.level(name.level_below), end});
    at_ = member.value + 1;
  }
  return true;
}

// Whether the escape with this second digit stands in a key and may spell a character of a
// wanted name.
[[gnu::noinline]] bool Glance::may_spell_a_key(std::size_t digit) {
  if (digit < string_end_) return false;  // in the string that the escape before is in
  const std::size_t behind = digit + 3;
  if (behind > text_.size()) return true;
  const int character = hex_digit(text_[digit + 1]) * 16 | hex_digit(text_[digit + 2]);
  const bool is_latin = text_[digit - 1] == '0' && text_[digit] == '0' && character >= 0;
  if (is_latin && !is_in_a_name_[static_cast<std::size_t>(character)]) return false;
  string_end_ = find_string_end(text_, behind);
  const std::size_t colon = skip_space(text_, string_end_);
  return string_end_ == 0 || (colon < text_.size() && text_[colon] == ':');
}

}  // namespace flux::json
