// Every step relies on the text being valid: it looks for the next landmark, and checks nothing.
#include "json/members.hpp"

#include "json/skip.hpp"
#include "json/string.hpp"

namespace flux::json {

bool Members::next() {
  std::size_t at = skip_white_space(text_, value_end_);
  if (text_[at] == '}') return false;
  if (text_[at] == ',') at = skip_white_space(text_, at + 1);
  key_begin_ = at;
  key_end_ = skip_string(text_, at);
  const std::size_t colon = skip_white_space(text_, key_end_);
  value_begin_ = skip_white_space(text_, colon + 1);
  value_end_ = skip_value(text_, value_begin_);
  return true;
}

bool Members::is_called(std::string_view name) const {
  const std::string_view raw = text_.substr(key_begin_ + 1, key_end_ - key_begin_ - 2);
  if (raw.find('\\') == std::string_view::npos) return raw == name;
  std::string text(raw.size(), '\0');
  text.resize(unescape(raw, text.data()));
  return text == name;
}

}  // namespace flux::json
