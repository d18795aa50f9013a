#include "csv.hpp"

#include <algorithm>
#include <cstddef>

std::optional<Misfit> CsvSplitter::split(std::string_view line,
                                         std::vector<std::optional<std::string_view>>& fields) {
  fields.clear();
  unquoted_.clear();
  unquoted_.reserve(line.size());  // views into it must not move
  std::size_t at = 0;
  for (;;) {
    if (at == line.size() || line[at] != '"') {
      const std::size_t end = std::min(line.find(separator_, at), line.size());
      fields.push_back(line.substr(at, end - at));
      at = end;
    } else {
      std::size_t copied = at + 1;
      const std::size_t begin = unquoted_.size();
      std::size_t quote = line.find('"', copied);
      while (quote != std::string_view::npos && line.substr(quote + 1, 1) == "\"") {
        unquoted_ += line.substr(copied, quote + 1 - copied);
        copied = quote + 2;
        quote = line.find('"', copied);
      }
      if (quote == std::string_view::npos) return Misfit{"a closing quote", line.size()};
      const std::string_view last = line.substr(copied, quote - copied);
      if (unquoted_.size() == begin) {
        fields.push_back(last);
      } else {
        unquoted_ += last;
        fields.push_back(std::string_view(unquoted_).substr(begin));
      }
      at = quote + 1;
      if (at != line.size() && line[at] != separator_) {
        return Misfit{"a separator behind the closing quote", at};
      }
    }
    if (at == line.size()) return {};
    ++at;
  }
}
