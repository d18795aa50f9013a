#include "spec/ast.hpp"

#include <algorithm>

namespace flux::spec {

Excerpt Pipeline::excerpt(Span span) const { return excerpt_of(text, span); }

Excerpt excerpt_of(std::string_view text, Span span) {
  Excerpt excerpt{std::string(text), span};
  std::replace_if(
      excerpt.text.begin(), excerpt.text.end(), [](char c) { return c == '\t' || c == '\r'; }, ' ');
  return excerpt;
}

}  // namespace flux::spec
