#include "pairs.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "escapes.hpp"
#include "guess.hpp"

namespace {

constexpr std::size_t npos = std::string_view::npos;

// What a byte may end. Control characters are spaces.
enum Ends : unsigned char { kSpace = 1, kEquals = 2, kQuote = 4 };
constexpr auto kEndsOf = [] {
  std::array<unsigned char, 256> ends{};
  for (std::size_t c = 0; c <= ' '; ++c) ends[c] = kSpace;
  ends['='] = kEquals;
  ends['"'] = kQuote;
  return ends;
}();

bool is(unsigned char ends, char c) { return (kEndsOf[static_cast<unsigned char>(c)] & ends) != 0; }

// The offset of the first such byte from `at` on, or the size.
std::size_t find_end(unsigned char ends, std::string_view line, std::size_t at) {
  while (at < line.size() && !is(ends, line[at])) ++at;
  return at;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view slice(std::string_view line, std::size_t begin, std::size_t end) {
  return line.substr(begin, end - begin);
}

}  // namespace

void PairWriter::plain(std::string_view value, flux::JsonWriter& to) const { put_scalar(value, typed_, to); }

std::optional<Misfit> PairWriter::quoted(std::string_view line, std::size_t& at, flux::JsonWriter& to) {
  const std::size_t begin = at + 1;
  std::size_t stop = line.find_first_of("\"\\", begin);
  if (stop != npos && line[stop] == '"') {  // nearly always
    to.value(slice(line, begin, stop));
    at = stop + 1;
    return {};
  }
  unescaped_.clear();
  std::size_t copied = begin;
  while (stop != npos && line[stop] == '\\') {
    unescaped_ += slice(line, copied, stop);
    const std::size_t size = append_escape(line.substr(stop), unescaped_);
    if (size == 0) return Misfit{"an escape like \\n, \\\" or \\u00e9", stop};
    copied = stop + size;
    stop = line.find_first_of("\"\\", copied);
  }
  if (stop == npos) return Misfit{"a closing quote", line.size()};
  unescaped_ += slice(line, copied, stop);
  to.value(std::string_view(unescaped_));
  at = stop + 1;
  return {};
}

std::optional<Misfit> LogfmtParser::parse(std::string_view line, flux::JsonWriter& to) {
  const auto is_at = [line](unsigned char ends, std::size_t at) {
    return at < line.size() && is(ends, line[at]);
  };
  std::size_t at = 0;
  to.begin_object();
  for (;;) {
    while (is_at(kSpace, at)) ++at;
    if (at == line.size()) break;

    const std::size_t key = at;
    at = find_end(kSpace | kEquals | kQuote, line, at);
    if (at == key) return Misfit{"a key", at};
    if (is_at(kQuote, at)) return Misfit{"'=' or a space behind the key", at};
    to.key(slice(line, key, at));
    if (!is_at(kEquals, at)) {
      to.value(true);
      continue;
    }
    ++at;

    if (is_at(kQuote, at)) {
      if (const auto misfit = values_.quoted(line, at, to)) return misfit;
      if (at != line.size() && !is_at(kSpace, at)) return Misfit{"a space behind the closing quote", at};
      continue;
    }
    const std::size_t value = at;
    at = find_end(kSpace | kQuote, line, at);
    if (is_at(kQuote, at)) return Misfit{"a space (a value with quotes is quoted)", at};
    values_.plain(slice(line, value, at), to);
  }
  to.end_object();
  return {};
}

KvParser::KvParser(std::string between_pairs, std::string behind_key, bool typed)
    : between_pairs_(std::move(between_pairs)), behind_key_(std::move(behind_key)), values_(typed) {
  if (between_pairs_.empty()) throw std::invalid_argument("pairs must not be empty: it parts two pairs");
  if (behind_key_.empty()) throw std::invalid_argument("equals must not be empty: it parts key and value");
  if (between_pairs_ == behind_key_) {
    throw std::invalid_argument("pairs and equals must differ, found '" + behind_key_ + "' for both");
  }
}

bool KvParser::stands(const std::string& separator, std::string_view line, std::size_t at) const {
  return line.substr(at, separator.size()) == separator;
}

// Blanks that are no separator mean nothing.
std::size_t KvParser::skip_blanks(std::string_view line, std::size_t at) const {
  while (at < line.size() && is_blank(line[at]) && !stands(between_pairs_, line, at) &&
         !stands(behind_key_, line, at)) {
    ++at;
  }
  return at;
}

std::optional<Misfit> KvParser::parse(std::string_view line, flux::JsonWriter& to) {
  const auto trimmed = [&](std::size_t begin, std::size_t end) {
    while (end > begin && is_blank(line[end - 1])) --end;
    return slice(line, begin, end);
  };
  to.begin_object();
  std::size_t at = 0;
  for (;;) {
    at = skip_blanks(line, at);
    if (at == line.size()) break;
    if (stands(between_pairs_, line, at)) {  // nothing between two separators
      at += between_pairs_.size();
      continue;
    }

    const std::size_t end = std::min(line.find(between_pairs_, at), line.size());
    const std::size_t equals = slice(line, at, end).find(behind_key_);
    const std::string_view key = trimmed(at, equals == npos ? end : at + equals);
    if (key.empty()) return Misfit{"a key", at};
    to.key(key);
    if (equals == npos) {
      to.value(true);
      at = end;
      continue;
    }

    at = skip_blanks(line, at + equals + behind_key_.size());
    if (at < line.size() && line[at] == '"') {
      if (const auto misfit = values_.quoted(line, at, to)) return misfit;
      at = skip_blanks(line, at);
      if (at != line.size() && !stands(between_pairs_, line, at)) {
        return Misfit{"the end of the pair behind the closing quote", at};
      }
      continue;
    }
    const std::size_t value_end = std::min(line.find(between_pairs_, at), line.size());
    values_.plain(trimmed(at, value_end), to);
    at = value_end;
  }
  to.end_object();
  return {};
}
