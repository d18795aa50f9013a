#include "expr/row_functions.hpp"

#include <optional>
#include <string_view>

#include "expr/nested.hpp"
#include "expr/text.hpp"

namespace flux::expr {
namespace {

Cell text_or_too_long(const Context& at, std::optional<std::string_view> text, const Cell& from, Tag tag) {
  return text ? cell_of(*text, tag) : at.fault(Reason::too_long, from);
}

}  // namespace

Cell contains(const Context&, Operands of) {
  return cell_of(of[0].view().find(of[1].view()) != std::string_view::npos);
}
Cell starts_with(const Context&, Operands of) { return cell_of(of[0].view().starts_with(of[1].view())); }
Cell ends_with(const Context&, Operands of) { return cell_of(of[0].view().ends_with(of[1].view())); }

Cell matches(const Context& at, Operands of) {
  const std::string_view text = of[0].view();
  return cell_of(at.step.pattern->Match(re2::StringPiece(text.data(), text.size()), 0, text.size(),
                                        re2::RE2::UNANCHORED, nullptr, 0));
}

Cell lower_ascii(const Context& at, Operands of) { return cell_of(with_case(of[0].view(), false, at.arena)); }
Cell upper_ascii(const Context& at, Operands of) { return cell_of(with_case(of[0].view(), true, at.arena)); }
Cell trim(const Context&, Operands of) { return cell_of(trimmed(of[0].view())); }

Cell replace(const Context& at, Operands of) {
  const std::int64_t limit = of.size() > 3 ? of[3].int64 : -1;
  return text_or_too_long(at, replaced(of[0].view(), of[1].view(), of[2].view(), limit, at.arena), of[0],
                          Tag::string);
}

Cell split_list(const Context& at, Operands of) {
  const std::int64_t limit = of.size() > 2 ? of[2].int64 : -1;
  return text_or_too_long(at, split(of[0].view(), of[1].view(), limit, at.arena), of[0], Tag::json);
}

Cell substring(const Context& at, Operands of) {
  const std::string_view text = of[0].view();
  const auto byte_at = [&](const Cell& position) {
    return position.int64 < 0 ? std::nullopt : byte_of_point(text, static_cast<std::size_t>(position.int64));
  };
  const auto begin = byte_at(of[1]);
  if (!begin) return at.fault(Reason::no_position, of[0], of[1]);
  if (of.size() == 2) return cell_of(text.substr(*begin));
  const auto end = byte_at(of[2]);
  if (!end || *end < *begin) return at.fault(Reason::no_position, of[0], of[2]);
  return cell_of(text.substr(*begin, *end - *begin));
}

Cell size(const Context& at, Operands of) {
  const std::string_view text = of[0].view();
  const std::size_t size = of[0].tag == Tag::string ? count_points(text) : size_of(text, at.arena);
  return cell_of(static_cast<std::int64_t>(size));
}

}  // namespace flux::expr
