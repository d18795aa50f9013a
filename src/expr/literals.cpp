#include "expr/literals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <system_error>

namespace flux::expr {
namespace {

bool is_raw(std::string_view prefix) { return prefix.find_first_of("rR") != prefix.npos; }

void append_utf8(std::string& out, std::uint32_t point) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
    return;
  }
  const int tails = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  constexpr std::uint32_t kLead[] = {0, 0xC0, 0xE0, 0xF0};
  put(kLead[tails] | point >> (6 * tails));
  for (int tail = tails - 1; tail >= 0; --tail) put(0x80 | (point >> (6 * tail) & 0x3F));
}

// What a letter behind a backslash means; 0: nothing.
char meaning_of(char letter) {
  constexpr std::string_view kLetters = "abfnrtv\\?\"'`";
  constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\?\"'`";
  const std::size_t at = kLetters.find(letter);
  return at == kLetters.npos ? '\0' : kMeanings[at];
}

// The text between the quotes, escape by escape.
class Unescape {
 public:
  Unescape(const Source& source, Span content) : source_(source), at_(content.begin), end_(content.end) {}

  std::string run() {
    const std::string_view text = source_.text();
    std::string said;
    while (at_ < end_) {
      const std::size_t plain = std::min(text.find('\\', at_), end_);
      said += text.substr(at_, plain - at_);
      at_ = plain;
      if (at_ < end_) read_escape(said);
    }
    return said;
  }

 private:
  // At a backslash; the string literal is closed, so that something follows it.
  void read_escape(std::string& said) {
    const char letter = source_.text()[at_ + 1];
    if (const char meaning = meaning_of(letter)) {
      said += meaning;
      at_ += 2;
      return;
    }
    if (letter == 'x' || letter == 'X') return read_digits(said, 2, 2, 16);
    if (letter == 'u') return read_digits(said, 2, 4, 16);
    if (letter == 'U') return read_digits(said, 2, 8, 16);
    if (letter >= '0' && letter <= '3') return read_digits(said, 1, 3, 8);
    std::size_t size = 2;
    while (at_ + size < end_ && (static_cast<unsigned char>(source_.text()[at_ + size]) & 0xC0) == 0x80)
      ++size;
    reject(size, "a backslash itself is written \\\\, or leave escapes out: r\"...\"");
  }

  void read_digits(std::string& said, std::size_t skip, std::size_t count, int base) {
    const std::size_t size = std::min(skip + count, end_ - at_);
    const std::string_view digits = source_.text({at_ + skip, at_ + size});
    std::uint32_t point = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), point, base);
    if (digits.size() != count || read.ptr != digits.data() + digits.size())
      reject(size, fmt::format("write {} {} digits", count, base == 16 ? "hexadecimal" : "octal"));
    if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) reject(size, "there is no such character");
    append_utf8(said, point);
    at_ += size;
  }

  [[noreturn]] void reject(std::size_t size, std::string hint) const {
    const Span escape{at_, at_ + size};
    throw source_.error(escape, fmt::format("unknown escape '{}'", printable(source_.text(escape))),
                        std::move(hint));
  }

  const Source& source_;
  std::size_t at_;
  std::size_t end_;
};

// digits, with a '.' among them that at least one follows, and an exponent.
bool is_decimal(std::string_view text) {
  const auto skip_digits = [&text] {
    const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(count);
    return count > 0;
  };
  const bool has_whole = skip_digits();
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!skip_digits()) return false;
  } else if (!has_whole) {
    return false;
  }
  if (text.empty()) return true;
  if (text[0] != 'e' && text[0] != 'E') return false;
  text.remove_prefix(1);
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return skip_digits() && text.empty();
}

}  // namespace

std::size_t string_prefix(std::string_view text) {
  std::size_t size = 0;
  while (size < 2 && size < text.size() &&
         std::string_view("rRbB").find(text[size]) != std::string_view::npos)
    ++size;
  return size;
}

std::string_view quote_of(std::string_view text) {
  const bool is_triple = text.starts_with(R"(""")") || text.starts_with("'''");
  return text.substr(0, is_triple ? 3 : 1);
}

std::optional<std::size_t> string_size(std::string_view text, std::size_t prefix) {
  const std::string_view quote = quote_of(text.substr(prefix));
  const bool raw = is_raw(text.substr(0, prefix));
  for (std::size_t at = prefix + quote.size(); at < text.size(); ++at) {
    if (text.substr(at).starts_with(quote)) return at + quote.size();
    if (quote.size() == 1 && text[at] == '\n') return {};
    if (text[at] == '\\' && !raw) ++at;
  }
  return {};
}

std::string read_string(const Lexeme& lexeme, const Source& source) {
  const std::size_t prefix = string_prefix(lexeme.text);
  const std::string_view letters = lexeme.text.substr(0, prefix);
  if (letters.find_first_of("bB") != letters.npos)
    throw source.error({lexeme.span.begin, lexeme.span.begin + prefix}, "there are no bytes here",
                       "leave the letter out: JSON has strings only");
  const std::size_t quote = quote_of(lexeme.text.substr(prefix)).size();
  const Span content{lexeme.span.begin + prefix + quote, lexeme.span.end - quote};
  if (is_raw(letters)) return std::string(source.text(content));
  return Unescape(source, content).run();
}

Literal read_number(const Lexeme& lexeme, bool is_negative, const Source& source) {
  const std::string_view text = lexeme.text;
  const bool is_hex = text.starts_with("0x") || text.starts_with("0X");
  const std::string_view digits = is_hex ? text.substr(2) : text;
  const std::string signed_digits = fmt::format("{}{}", is_negative ? "-" : "", digits);
  const bool is_whole =
      digits.find_first_not_of(is_hex ? "0123456789abcdefABCDEF" : "0123456789") == digits.npos &&
      !digits.empty();
  if (is_whole) {
    std::int64_t number = 0;
    const char* const end = signed_digits.data() + signed_digits.size();
    const auto read = std::from_chars(signed_digits.data(), end, number, is_hex ? 16 : 10);
    if (read.ec == std::errc{}) return number;
    throw source.error(lexeme.span, fmt::format("{} does not fit in an int", text),
                       "an int has 64 bits; write it as a float: 1e20");
  }
  if (is_decimal(text)) {
    double number = 0;
    if (std::from_chars(signed_digits.data(), signed_digits.data() + signed_digits.size(), number).ec ==
        std::errc{})
      return number;
    throw source.error(lexeme.span, fmt::format("{} does not fit in a float", text),
                       "floats reach from 5e-324 to 1.8e308");
  }
  const bool is_unsigned = (text.back() | 0x20) == 'u';
  throw source.error(lexeme.span, fmt::format("'{}' is no number", printable(text)),
                     is_unsigned ? "there are no unsigned ints here: leave the 'u' out"
                                 : "numbers are written 12, 0x1F, 1.5 or 2e10");
}

}  // namespace flux::expr
