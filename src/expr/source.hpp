// The text of an expression, and where it stands in what the user wrote.
//
// A view; reads only.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/error.hpp"

namespace flux::expr {

class Source {
 public:
  Source(std::string_view text, const Excerpt& place) : text_(text), place_(place) {}

  std::string_view text() const { return text_; }
  std::string_view text(Span span) const { return text_.substr(span.begin, span.end - span.begin); }

  // `span`: in the expression.
  Error error(Span span, std::string message, std::string hint) const {
    const std::size_t offset = place_.span.begin;
    return Error(std::move(message), std::move(hint),
                 Excerpt{place_.text, {offset + span.begin, offset + span.end}});
  }

 private:
  std::string_view text_;
  const Excerpt& place_;
};

}  // namespace flux::expr
