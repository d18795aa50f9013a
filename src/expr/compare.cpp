#include "expr/compare.hpp"

#include <algorithm>
#include <cmath>

#include "expr/expression.hpp"
#include "expr/nested.hpp"
#include "json/elements.hpp"

namespace flux::expr {
namespace {

template <class T>
Order order(T a, T b) {
  return a < b ? Order::less : a == b ? Order::equal : Order::greater;
}

// Several comparisons as one: false if one is, else a fault if one is, else true.
class All {
 public:
  bool add(const Cell& one) {
    if (one.tag == Tag::fault) {
      if (result_.tag != Tag::fault) result_ = one;
      return true;
    }
    if (!one.boolean) result_ = one;
    return one.boolean;
  }
  const Cell& result() const { return result_; }

 private:
  Cell result_ = cell_of(true);
};

Cell equal_lists(std::string_view a, std::string_view b, Arena& arena) {
  json::Elements left(a), right(b);
  All all;
  for (;;) {
    const bool has_left = left.next();
    if (has_left != right.next()) return cell_of(false);
    if (!has_left) return all.result();
    const Cell one = equal(cell_of_json(left.value(), arena), cell_of_json(right.value(), arena), arena);
    if (!all.add(one)) return all.result();
  }
}

Cell equal_objects(std::string_view a, std::string_view b, Arena& arena) {
  const auto left = sorted_members(a, arena);
  const auto right = sorted_members(b, arena);
  if (left.size() != right.size()) return cell_of(false);
  All all;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i].key != right[i].key) return cell_of(false);
    const Cell one = equal(cell_of_json(left[i].value, arena), cell_of_json(right[i].value, arena), arena);
    if (!all.add(one)) return all.result();
  }
  return all.result();
}

Cell equal_json(std::string_view a, std::string_view b, Arena& arena) {
  if (a[0] != b[0]) return cell_of(false);
  const Arena::Mark mark = arena.mark();
  const Cell result = a[0] == '[' ? equal_lists(a, b, arena) : equal_objects(a, b, arena);
  if (result.tag != Tag::fault) arena.release(mark);
  return result;
}

}  // namespace

int compare(std::int64_t a, double b) {
  constexpr double kLimit = 9223372036854775808.0;  // 2^63
  if (b >= kLimit) return -1;
  if (b < -kLimit) return 1;
  const auto whole = static_cast<std::int64_t>(b);  // towards zero
  if (a != whole) return a < whole ? -1 : 1;
  const double rest = b - static_cast<double>(whole);
  return rest > 0 ? -1 : rest < 0 ? 1 : 0;
}

Cell equal_nested(const Cell& a, const Cell& b, Arena& arena) {
  if (a.tag == Tag::fault) return a;
  if (b.tag == Tag::fault) return b;
  if (a.tag != b.tag) {
    if (a.tag == Tag::int64 && b.tag == Tag::float64) return cell_of(compare(a.int64, b.float64) == 0);
    if (a.tag == Tag::float64 && b.tag == Tag::int64) return cell_of(compare(b.int64, a.float64) == 0);
    return cell_of(false);
  }
  switch (a.tag) {
    case Tag::null:
      return cell_of(true);
    case Tag::boolean:
      return cell_of(a.boolean == b.boolean);
    case Tag::int64:
    case Tag::timestamp:
    case Tag::duration:
      return cell_of(a.int64 == b.int64);
    case Tag::float64:
      return cell_of(a.float64 == b.float64);
    case Tag::string:
      return cell_of(a.view() == b.view());
    case Tag::json:
      return equal_json(a.view(), b.view(), arena);
    case Tag::fault:
      break;
  }
  return a;
}

Cell is_element(const Cell& item, std::string_view list, Arena& arena) {
  Cell result = cell_of(false);
  const Arena::Mark mark = arena.mark();
  for (json::Elements elements(list); elements.next();) {
    const Cell one = equal(item, cell_of_json(elements.value(), arena), arena);
    if (one.tag == Tag::fault) {
      result = one;
    } else {
      if (one.boolean) return one;
      if (result.tag != Tag::fault) arena.release(mark);
    }
  }
  return result;
}

Order order_of(const Cell& a, const Cell& b) {
  if (a.tag != b.tag) {
    if (a.tag == Tag::int64 && b.tag == Tag::float64) return order(compare(a.int64, b.float64), 0);
    if (a.tag == Tag::float64 && b.tag == Tag::int64) return order(0, compare(b.int64, a.float64));
    return Order::none;
  }
  switch (a.tag) {
    case Tag::boolean:
      return order(a.boolean, b.boolean);
    case Tag::int64:
    case Tag::timestamp:
    case Tag::duration:
      return order(a.int64, b.int64);
    case Tag::float64:
      return order(a.float64, b.float64);
    case Tag::string:
      return order(a.view().compare(b.view()), 0);
    case Tag::null:
    case Tag::json:
    case Tag::fault:
      break;
  }
  return Order::none;
}

}  // namespace flux::expr
