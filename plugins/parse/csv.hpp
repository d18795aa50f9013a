// One line of comma-separated values (RFC 4180).
//
// Thread safety: none; one splitter per thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "misfit.hpp"

class CsvSplitter {
 public:
  explicit CsvSplitter(char separator) : separator_(separator) {}

  // The fields of `line`: views into it or this splitter, until the next call. A field
  // in quotes may have separators in it, and "" for a quote; a quote further on in a
  // field that does not start with one is itself.
  std::optional<Misfit> split(std::string_view line, std::vector<std::optional<std::string_view>>& fields);

 private:
  char separator_;
  std::string unquoted_;  // fields that had a "" in them
};
