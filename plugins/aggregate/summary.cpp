#include "summary.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace aggregate {
namespace {

void put(flux::JsonWriter& json, const char* name, const Number& number) {
  json.key(name);
  if (number.is_int) return json.value(number.whole);
  json.value(number.real);
}

// null where there is none, or none that a float can be.
void put(flux::JsonWriter& json, const char* name, bool is_known, double number) {
  json.key(name);
  if (!is_known || !std::isfinite(number)) return json.value(nullptr);
  json.value(number);
}

std::string digits_of(const Exact& whole) {
  Exact rest = whole;
  rest.limbs.insert(rest.limbs.begin(), static_cast<std::size_t>(std::max(rest.low, 0)), 0);
  std::string digits;
  while (!rest.limbs.empty()) {
    Wide left = 0;
    for (std::size_t i = rest.limbs.size(); i-- > 0;) {
      left = left << 64 | rest.limbs[i];
      rest.limbs[i] = static_cast<std::uint64_t>(left / 10);
      left %= 10;
    }
    digits += static_cast<char>('0' + static_cast<int>(left));
    while (!rest.limbs.empty() && rest.limbs.back() == 0) rest.limbs.pop_back();
  }
  if (digits.empty()) digits = "0";
  if (whole.is_negative) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace

void Summary::add(const Number& number) {
  take_extremes(number, number);
  has_floats_ = has_floats_ || !number.is_int;
  sum_.add(number);
  squares_.add_square(number);
  sketch_.add(number.real);
}

void Summary::merge(const Summary& other) {
  if (other.count() == 0) return;
  take_extremes(other.least_, other.most_);
  has_floats_ = has_floats_ || other.has_floats_;
  sum_.merge(other.sum_);
  squares_.merge(other.squares_);
  sketch_.merge(other.sketch_);
}

// Of an int and the float that equals it the int is kept, whichever came first.
void Summary::take_extremes(const Number& least, const Number& most) {
  const int below = count() == 0 ? -1 : compare(least, least_);
  if (below < 0 || (below == 0 && least.is_int)) least_ = least;
  const int above = count() == 0 ? 1 : compare(most, most_);
  if (above > 0 || (above == 0 && most.is_int)) most_ = most;
}

void Summary::put_members(flux::JsonWriter& row) const {
  const bool is_known = count() > 0;
  const std::string total = sum();
  row.key("count");
  row.value(count());
  row.key("sum");
  row.value(flux::Json{total});
  if (is_known) {
    put(row, "min", least_);
    put(row, "max", most_);
  } else {
    put(row, "min", false, 0);
    put(row, "max", false, 0);
  }
  put(row, "mean", is_known, is_known ? nearest_quotient(sum_.value(), count()) : 0);
  put(row, "stddev", count() > 1, deviation());
  constexpr std::pair<const char*, std::uint64_t> kQuantiles[] = {{"p50", 50}, {"p90", 90}, {"p99", 99}};
  for (const auto& [name, percent] : kQuantiles) put(row, name, is_known, is_known ? quantile(percent) : 0);
}

// As JSON: all digits of a sum of ints, also beyond 64 bits.
std::string Summary::sum() const {
  if (!has_floats_) return digits_of(sum_.value());
  const double sum = nearest(sum_.value());
  flux::JsonWriter json;
  if (!std::isfinite(sum)) return "null";
  json.value(sum);
  return json.take();
}

// Of a sample: (n * sum of squares - square of the sum) / (n * (n - 1)), exact up to the
// division and the root.
double Summary::deviation() const {
  const std::uint64_t n = count();
  if (n < 2) return 0;
  const Exact sum = sum_.value();
  const Exact spread = difference(product(squares_.value(), n), product(sum, sum));
  return root_of_quotient(spread, Wide{n} * (n - 1));
}

double Summary::quantile(std::uint64_t percent) const {
  const std::uint64_t rank = sketch_.rank(percent);
  if (rank == 1) return least_.real;
  if (rank == count()) return most_.real;
  return std::clamp(sketch_.at_rank(rank), least_.real, most_.real);
}

void Summary::save(flux::Writer& to) const {
  for (const Number& number : {least_, most_}) {
    to.put(number.is_int);
    to.put(number.whole);
    to.put(number.real);
  }
  to.put(has_floats_);
  sum_.save(to);
  squares_.save(to);
  sketch_.save(to);
}

void Summary::restore(flux::Reader& from) {
  for (Number* number : {&least_, &most_}) {
    from.get(number->is_int);
    from.get(number->whole);
    from.get(number->real);
  }
  from.get(has_floats_);
  sum_.restore(from);
  squares_.restore(from);
  sketch_.restore(from);
}

}  // namespace aggregate
