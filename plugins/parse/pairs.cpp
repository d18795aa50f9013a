#include "pairs.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "escapes.hpp"
#include "guess.hpp"

namespace {

constexpr std::size_t npos = std::string_view::npos;

// Control characters too. Bytes of other characters are no spaces.
bool is_space(char c) { return static_cast<unsigned char>(c) <= ' '; }

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
  std::size_t at = 0;
  const auto is_at = [&](auto test) { return at < line.size() && test(line[at]); };
  const auto skip_while = [&](auto test) {
    while (is_at(test)) ++at;
  };
  to.begin_object();
  for (;;) {
    skip_while(is_space);
    if (at == line.size()) break;

    const std::size_t key = at;
    skip_while([](char c) { return !is_space(c) && c != '=' && c != '"'; });
    if (at == key) return Misfit{"a key", at};
    if (is_at([](char c) { return c == '"'; })) return Misfit{"'=' or a space behind the key", at};
    to.key(slice(line, key, at));
    if (!is_at([](char c) { return c == '='; })) {
      to.value(true);
      continue;
    }
    ++at;

    if (is_at([](char c) { return c == '"'; })) {
      if (const auto misfit = values_.quoted(line, at, to)) return misfit;
      if (!is_at(is_space) && at != line.size()) return Misfit{"a space behind the closing quote", at};
      continue;
    }
    const std::size_t value = at;
    skip_while([](char c) { return !is_space(c) && c != '"'; });
    if (!is_at(is_space) && at != line.size()) return Misfit{"a space (a value with quotes is quoted)", at};
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
