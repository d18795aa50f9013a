// Lines of key and value pairs: logfmt (level=info msg="it works"), and the like with
// separators of one's own (level: info; msg: it works).
//
// Thread safety: none; one parser per thread.
#pragma once

#include <cstddef>
#include <flux/json_writer.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "misfit.hpp"

// What both share: values in quotes, and values taken for what they look like.
class PairWriter {
 public:
  explicit PairWriter(bool typed) : typed_(typed) {}

  void plain(std::string_view value, flux::JsonWriter& to) const;
  // The value whose opening quote stands at `at`, which then is behind the closing one.
  std::optional<Misfit> quoted(std::string_view line, std::size_t& at, flux::JsonWriter& to);

 private:
  bool typed_;
  std::string unescaped_;
};

// As Go's logfmt reads it, but that an unquoted value may have a '=' in it.
class LogfmtParser {
 public:
  explicit LogfmtParser(bool typed) : values_(typed) {}
  // Writes one object.
  std::optional<Misfit> parse(std::string_view line, flux::JsonWriter& to);

 private:
  PairWriter values_;
};

class KvParser {
 public:
  // What stands between two pairs, and between key and value. Throws
  // std::invalid_argument where no line could be read that way.
  KvParser(std::string between_pairs, std::string behind_key, bool typed);
  // Writes one object.
  std::optional<Misfit> parse(std::string_view line, flux::JsonWriter& to);

 private:
  bool stands(const std::string& separator, std::string_view line, std::size_t at) const;
  std::size_t skip_blanks(std::string_view line, std::size_t at) const;

  std::string between_pairs_;
  std::string behind_key_;
  PairWriter values_;
};
