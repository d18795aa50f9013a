#include "core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace flux {

Error::Error(std::string message_, std::string hint_, std::optional<Excerpt> at_, Exit status_)
    : message(std::move(message_)), hint(std::move(hint_)), at(std::move(at_)), status(status_) {}

namespace {

constexpr std::size_t kShownOfLine = 2000;  // bytes on either side of a caret: a screen full
constexpr std::size_t kWhole = std::string_view::npos;

// How many characters a printed text has; a caret stands below each.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// The end of a text, about `limit` bytes of it, as it may be shown.
std::string printable_end(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return printable(text, kWhole);
  text.remove_prefix(text.size() - limit);
  while (!text.empty() && width_of(text.substr(0, 1)) == 0) text.remove_prefix(1);  // half a character
  return "..." + printable(text, kWhole);
}

// The line of the text in which the span begins, and carets below it. They are
// measured on what is printed, so that they stand below what they are about.
std::string underline(const Excerpt& at) {
  const std::string_view text = at.text;
  const std::size_t begin = std::min(at.span.begin, text.size());
  const std::size_t line_begin = text.substr(0, begin).rfind('\n') + 1;  // npos + 1 is 0
  const std::size_t line_end = std::min(text.find('\n', begin), text.size());
  const std::size_t end = std::clamp(at.span.end, begin, line_end);
  const std::string before = printable_end(text.substr(line_begin, begin - line_begin), kShownOfLine);
  const std::string behind = printable(text.substr(begin, line_end - begin), kShownOfLine);
  const std::size_t marked = width_of(printable(text.substr(begin, end - begin), kShownOfLine));
  return fmt::format("  {}{}\n  {}^{}\n", before, behind, std::string(width_of(before), ' '),
                     std::string(marked > 1 ? marked - 1 : 0, '~'));
}

// Length of the UTF-8 sequence at the front of `text`, or 0 if there is none. What is
// longer than it need be, a surrogate or beyond U+10FFFF is none.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const std::size_t size = lead < 0x80                   ? 1
                           : lead >= 0xC2 && lead < 0xE0 ? 2
                           : (lead & 0xF0) == 0xE0       ? 3
                           : lead >= 0xF0 && lead < 0xF5 ? 4
                                                         : 0;
  if (size == 0 || size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  if (size < 3) return size;
  const bool is_overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
  const bool is_surrogate = lead == 0xED && byte(1) >= 0xA0;
  const bool is_beyond = lead == 0xF4 && byte(1) >= 0x90;
  return is_overlong || is_surrogate || is_beyond ? 0 : size;
}

// Characters that turn text around or cannot be seen, and so lie about what they are
// in: zero-width spaces, marks of direction, line separators, the byte order mark.
bool is_hidden(std::string_view character) {
  static constexpr std::pair<std::string_view, std::string_view> kRanges[] = {
      {"\u200b", "\u200f"}, {"\u2028", "\u202e"}, {"\u2060", "\u206f"}, {"\ufeff", "\ufeff"}};
  return std::ranges::any_of(kRanges, [&](const auto& range) {
    return range.first <= character && character <= range.second;  // UTF-8 sorts as code points do
  });
}

}  // namespace

std::string describe(const Error& error) {
  std::string text = fmt::format("flux: {}\n", error.message);
  if (error.at) text += underline(*error.at);
  if (!error.hint.empty()) text += error.hint + "\n";
  return text;
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  std::optional<std::string> best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t n = word.size();
    const std::size_t m = candidate.size();
    std::vector<std::size_t> before(m + 1), above(m + 1), row(m + 1);
    for (std::size_t j = 0; j <= m; ++j) above[j] = j;
    for (std::size_t i = 1; i <= n; ++i) {
      row[0] = i;
      for (std::size_t j = 1; j <= m; ++j) {
        const std::size_t change = word[i - 1] == candidate[j - 1] ? 0 : 1;
        row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
        if (i > 1 && j > 1 && word[i - 1] == candidate[j - 2] && word[i - 2] == candidate[j - 1])
          row[j] = std::min(row[j], before[j - 2] + 1);
      }
      std::swap(before, above);
      std::swap(above, row);
    }
    if (above[m] < best_distance) {
      best_distance = above[m];
      best = candidate;
    }
  }
  return best;
}

std::string printable(std::string_view text, std::size_t limit) {
  std::string shown;
  for (std::size_t i = 0; i < text.size();) {
    if (shown.size() >= limit) return shown + "...";
    const std::size_t size = visible_length(text.substr(i));
    if (size == 0) {
      shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[i]));
      ++i;
    } else {
      shown.append(text, i, size);
      i += size;
    }
  }
  return shown;
}

std::size_t visible_length(std::string_view text) {
  const std::size_t size = utf8_length(text);
  const auto byte = static_cast<unsigned char>(text[0]);
  // C1 control characters (U+0080..U+009F) drive terminals too.
  const bool c1 = size == 2 && byte == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0;
  const bool hides = size == 3 && is_hidden(text.substr(0, size));
  return c1 || hides || byte < 0x20 || byte == 0x7F ? 0 : size;
}

}  // namespace flux
