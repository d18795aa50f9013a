// JSON text to cells and back.
#include "expr/cell.hpp"

#include <cstring>

#include "expr/expression.hpp"
#include "expr/fault.hpp"
#include "expr/scalar.hpp"
#include "json/number.hpp"
#include "json/string.hpp"

namespace flux::expr {
namespace {

constexpr double kPowerOfTen[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

Cell too_large(Reason reason, std::string_view raw, Arena& arena) {
  return make_fault(arena, {nullptr, reason, 0, cell_of(raw), {}});
}

Cell slow_number(std::string_view raw, Arena& arena) {
  std::int64_t whole = 0;
  switch (json::parse_int(raw, whole)) {
    case json::IntResult::ok:
      return cell_of(whole);
    case json::IntResult::overflow:
      return too_large(Reason::int_too_large, raw, arena);
    case json::IntResult::not_an_int:
      break;
  }
  double number = 0;
  if (json::parse_float(raw, number) == json::FloatResult::out_of_range)
    return too_large(Reason::float_too_large, raw, arena);
  return cell_of(number);
}

// Most numbers have few digits and no exponent. Their digits and the power of ten are
// doubles without rounding, so that one division rounds as it should.
Cell number_cell(std::string_view raw, Arena& arena) {
  constexpr std::size_t kExactDigits = 15;  // 10^15 < 2^53
  if (raw.size() > kExactDigits) return slow_number(raw, arena);
  const char* p = raw.data();
  const char* const end = p + raw.size();
  const bool negative = *p == '-';
  p += negative;
  std::int64_t digits = 0;
  const auto read_digits = [&] {
    for (; p < end; ++p) {
      const unsigned digit = static_cast<unsigned char>(*p) - unsigned{'0'};
      if (digit > 9) return;
      digits = digits * 10 + digit;
    }
  };
  read_digits();
  if (p == end) return cell_of(negative ? -digits : digits);
  if (*p != '.') return slow_number(raw, arena);
  const char* const fraction = ++p;
  read_digits();
  if (p != end) return slow_number(raw, arena);
  const double number = static_cast<double>(digits) / kPowerOfTen[end - fraction];
  return cell_of(negative ? -number : number);
}

char* put_text(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

}  // namespace

Cell cell_of_json(std::string_view raw, Arena& arena) {
  switch (raw[0]) {
    case '"': {
      const std::string_view content(raw.data() + 1, raw.size() - 2);
      const bool has_escapes = std::memchr(content.data(), '\\', content.size()) != nullptr;
      return cell_of(has_escapes ? json::unescape(content, arena) : content);
    }
    case '{':
    case '[':
      return cell_of(raw, Tag::json);
    case 't':
      return cell_of(true);
    case 'f':
      return cell_of(false);
    case 'n':
      return {};
    default:
      return number_cell(raw, arena);
  }
}

char* put_scalar(char* out, const Cell& cell) {
  switch (cell.tag) {
    case Tag::null:
      return put_text(out, "null");
    case Tag::boolean:
      return put_text(out, cell.boolean ? "true" : "false");
    case Tag::int64:
      return json::put_int(out, cell.int64);
    case Tag::float64:
      return json::put_float(out, cell.float64);
    case Tag::timestamp:
      return put_timestamp(out, cell.int64);
    case Tag::duration:
      return put_duration(out, cell.int64);
    case Tag::string:
    case Tag::json:
    case Tag::fault:
      break;
  }
  return out;
}

std::string_view json_of(const Cell& cell, Arena& arena) {
  if (cell.tag == Tag::json) return cell.view();
  if (cell.tag == Tag::string) {
    char* const text = arena.array<char>(json::escaped_size_bound(cell.size)).data();
    return {text, static_cast<std::size_t>(json::put_string(text, cell.view()) - text)};
  }
  char* const text = arena.array<char>(kScalarRoom + 2).data();
  const bool is_quoted = cell.tag == Tag::timestamp || cell.tag == Tag::duration;
  char* end = text;
  if (is_quoted) *end++ = '"';
  end = put_scalar(end, cell);
  if (is_quoted) *end++ = '"';
  return {text, static_cast<std::size_t>(end - text)};
}

}  // namespace flux::expr
