#include "expr/text.hpp"

#include <algorithm>
#include <array>

#include "json/string.hpp"

namespace flux::expr {
namespace {

bool is_tail(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Of the code point at `at`. REQUIRES: there is one.
std::size_t point_end(std::string_view utf8, std::size_t at) {
  ++at;
  while (at < utf8.size() && is_tail(utf8[at])) ++at;
  return at;
}

// White_Space of Unicode, as UTF-8.
constexpr std::array<std::string_view, 25> kSpaces = {" ",
                                                      "\t",
                                                      "\n",
                                                      "\v",
                                                      "\f",
                                                      "\r",
                                                      "\xC2\x85",
                                                      "\xC2\xA0",
                                                      "\xE1\x9A\x80",
                                                      "\xE2\x80\x80",
                                                      "\xE2\x80\x81",
                                                      "\xE2\x80\x82",
                                                      "\xE2\x80\x83",
                                                      "\xE2\x80\x84",
                                                      "\xE2\x80\x85",
                                                      "\xE2\x80\x86",
                                                      "\xE2\x80\x87",
                                                      "\xE2\x80\x88",
                                                      "\xE2\x80\x89",
                                                      "\xE2\x80\x8A",
                                                      "\xE2\x80\xA8",
                                                      "\xE2\x80\xA9",
                                                      "\xE2\x80\xAF",
                                                      "\xE2\x81\x9F",
                                                      "\xE3\x80\x80"};

// Text that is written from left to right, into room that is large enough.
class Growing {
 public:
  explicit Growing(char* text) : begin_(text), end_(text) {}

  void add(std::string_view part) { end_ = std::copy(part.begin(), part.end(), end_); }
  void add_quoted(std::string_view part) { end_ = json::put_string(end_, part); }
  std::string_view view() const { return {begin_, static_cast<std::size_t>(end_ - begin_)}; }

 private:
  char* begin_;
  char* end_;
};

// The places in a text where `part` stands, from left to right and apart from each other.
class Places {
 public:
  Places(std::string_view text, std::string_view part) : text_(text), part_(part) {}

  // Where the next one begins; npos if there is none.
  std::size_t next() {
    if (!part_.empty()) {
      const std::size_t found = text_.find(part_, at_);
      at_ = found + part_.size();
      return found;
    }
    if (at_ > text_.size()) return text_.npos;
    const std::size_t found = at_;
    at_ = at_ == text_.size() ? at_ + 1 : point_end(text_, at_);
    return found;
  }

 private:
  std::string_view text_;
  std::string_view part_;
  std::size_t at_ = 0;
};

}  // namespace

std::size_t count_points(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return !is_tail(c); }));
}

std::optional<std::size_t> byte_of_point(std::string_view utf8, std::size_t position) {
  std::size_t at = 0;
  while (position > 0 && at < utf8.size()) {
    at = point_end(utf8, at);
    --position;
  }
  return position == 0 ? std::optional(at) : std::nullopt;
}

std::string_view trimmed(std::string_view text) {
  const auto find_space = [&](auto stands_there) {
    const auto space = std::find_if(kSpaces.begin(), kSpaces.end(), stands_there);
    return space == kSpaces.end() ? std::size_t{0} : space->size();
  };
  while (const std::size_t size = find_space([&](std::string_view one) { return text.starts_with(one); }))
    text.remove_prefix(size);
  while (const std::size_t size = find_space([&](std::string_view one) { return text.ends_with(one); }))
    text.remove_suffix(size);
  return text;
}

std::string_view with_case(std::string_view text, bool upper, Arena& arena) {
  const char first = upper ? 'a' : 'A';
  const auto changes = [first](char c) { return c >= first && c <= first + 25; };
  if (std::none_of(text.begin(), text.end(), changes)) return text;
  char* const changed = arena.array<char>(text.size()).data();
  std::transform(text.begin(), text.end(), changed,
                 [&](char c) { return changes(c) ? static_cast<char>(c ^ 0x20) : c; });
  return {changed, text.size()};
}

std::optional<std::string_view> replaced(std::string_view text, std::string_view from, std::string_view to,
                                         std::int64_t limit, Arena& arena) {
  std::size_t count = 0;
  for (Places places(text, from); limit < 0 || count < static_cast<std::uint64_t>(limit); ++count)
    if (places.next() == text.npos) break;
  if (count == 0) return text;
  // count * from.size() is no more than text.size(), so only growth can be too much.
  const std::size_t size = text.size() - count * from.size() + count * to.size();
  if (to.size() > kMaxText || size > kMaxText) return {};
  Growing result(arena.array<char>(size).data());
  Places places(text, from);
  std::size_t done = 0;
  for (; count > 0; --count) {
    const std::size_t found = places.next();
    result.add(text.substr(done, found - done));
    result.add(to);
    done = found + from.size();
  }
  result.add(text.substr(done));
  return result.view();
}

std::optional<std::string_view> split(std::string_view text, std::string_view separator, std::int64_t limit,
                                      Arena& arena) {
  if (limit == 0) return "[]";
  // Quotes and a comma for each part, of which there is one more than separators.
  const std::size_t parts = 1 + (separator.empty() ? text.size() : text.size() / separator.size());
  const auto is_escaped = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
  };
  const auto escapes = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_escaped));
  const std::size_t room = text.size() + 5 * escapes + 3 * parts + 2;
  if (room > 4 * kMaxText) return {};
  Growing list(arena.array<char>(room).data());
  list.add("[");
  if (separator.empty() && text.empty()) limit = 0;
  while (limit != 0) {
    std::size_t end = text.npos;
    if (limit != 1) end = separator.empty() ? point_end(text, 0) : text.find(separator);
    const bool is_last = end >= text.size();
    list.add_quoted(text.substr(0, is_last ? text.size() : end));
    if (is_last) break;
    list.add(",");
    text.remove_prefix(end + separator.size());
    if (limit > 0) --limit;
  }
  list.add("]");
  if (list.view().size() > kMaxText) return {};
  return list.view();
}

}  // namespace flux::expr
