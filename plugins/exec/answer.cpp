#include "answer.hpp"

#include <cstddef>
#include <cstdint>

namespace {

// Walks over JSON text that may be none: whatever is odd ends the walk.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  bool is_at_end() {
    skip_space();
    return at_ == text_.size();
  }

  bool take(char c) {
    skip_space();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // The text of a string.
  std::optional<std::string> string() {
    if (!take('"')) return std::nullopt;
    std::string text;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') return text;
      if (c != '\\') {
        text += c;
      } else if (!unescape(text)) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  // The JSON of one value, up to a ',' or '}' that is none of its own.
  std::string_view value() {
    skip_space();
    const std::size_t begin = at_;
    int depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (depth == 0 && (c == ',' || c == '}')) break;
      if (c == '"') {
        if (!string()) break;
        continue;
      }
      if (c == '[' || c == '{') ++depth;
      if (c == ']' || c == '}') --depth;
      ++at_;
    }
    std::size_t end = at_;
    while (end > begin && is_space(text_[end - 1])) --end;
    return text_.substr(begin, end - begin);
  }

 private:
  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  // Behind the backslash.
  bool unescape(std::string& to) {
    constexpr std::string_view kEscapes = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (at_ == text_.size()) return false;
    const char c = text_[at_++];
    if (c != 'u') {
      const std::size_t which = kEscapes.find(c);
      if (which == std::string_view::npos) return false;
      to += kMeanings[which];
      return true;
    }
    auto code = hex4();
    if (!code) return false;
    if (*code >= 0xD800 && *code < 0xDC00 && text_.substr(at_, 2) == "\\u") {
      at_ += 2;
      const auto low = hex4();
      if (!low || *low < 0xDC00 || *low >= 0xE000) return false;
      code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
    }
    put_utf8(*code, to);
    return true;
  }

  std::optional<std::uint32_t> hex4() {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::uint32_t code = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      if (at_ == text_.size()) return std::nullopt;
      const char c = text_[at_];
      const std::size_t digit = kDigits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
      if (digit == std::string_view::npos) return std::nullopt;
      code = code << 4 | static_cast<std::uint32_t>(digit);
    }
    return code;
  }

  static void put_utf8(std::uint32_t code, std::string& to) {
    const auto put = [&to](std::uint32_t byte) { to += static_cast<char>(byte); };
    const auto put_rest = [&](int shift) { put(0x80 | (code >> shift & 0x3F)); };
    if (code < 0x80) {
      put(code);
    } else if (code < 0x800) {
      put(0xC0 | code >> 6);
      put_rest(0);
    } else if (code < 0x10000) {
      put(0xE0 | code >> 12);
      put_rest(6);
      put_rest(0);
    } else {
      put(0xF0 | code >> 18);
      put_rest(12);
      put_rest(6);
      put_rest(0);
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::string> refusal_in(std::string_view line) {
  Walk walk(line);
  if (!walk.take('{') || walk.string() != "error" || !walk.take(':')) return std::nullopt;
  const std::string_view json = walk.value();
  if (json.empty() || !walk.take('}') || !walk.is_at_end()) return std::nullopt;
  Walk inside(json);
  auto text = inside.string();
  if (text && inside.is_at_end()) return text;
  return std::string(json);
}
