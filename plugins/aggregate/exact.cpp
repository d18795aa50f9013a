#include "exact.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

namespace aggregate {
namespace {

constexpr int kBits = 64;  // of a limb

// A double as mantissa * 2^exponent.
struct Parts {
  std::uint64_t mantissa;
  int exponent;
};

Parts parts_of(double real) {
  const auto bits = std::bit_cast<std::uint64_t>(real);
  const int exponent = static_cast<int>(bits >> 52 & 0x7FF);
  const std::uint64_t fraction = bits & ((std::uint64_t{1} << 52) - 1);
  if (exponent == 0) return {fraction, -1074};
  return {fraction | std::uint64_t{1} << 52, exponent - 1075};
}

std::uint64_t magnitude_of(std::int64_t whole) {
  const auto bits = static_cast<std::uint64_t>(whole);
  return whole < 0 ? 0 - bits : bits;
}

void trim(Exact& number) {
  while (!number.limbs.empty() && number.limbs.back() == 0) number.limbs.pop_back();
}

// The limb that weighs 2^(64 * at).
std::uint64_t limb_at(const Exact& number, int at) {
  const int i = at - number.low;
  return i < 0 || i >= static_cast<int>(number.limbs.size()) ? 0 : number.limbs[static_cast<std::size_t>(i)];
}

int end_of(const Exact& number) { return number.low + static_cast<int>(number.limbs.size()); }

// Of magnitudes.
bool is_less(const Exact& a, const Exact& b) {
  for (int at = std::max(end_of(a), end_of(b)) - 1; at >= std::min(a.low, b.low); --at) {
    if (limb_at(a, at) != limb_at(b, at)) return limb_at(a, at) < limb_at(b, at);
  }
  return false;
}

// The weight of the highest bit, as a power of two. REQUIRES: not zero.
int top_of(const Exact& number) { return kBits * end_of(number) - 1 - std::countl_zero(number.limbs.back()); }

// 64 bits from 2^exponent up.
std::uint64_t bits_from(const Exact& number, int exponent) {
  const int at = exponent >> 6;  // rounded down, also below 0
  const int shift = exponent - at * kBits;
  const std::uint64_t low = limb_at(number, at) >> shift;
  return shift == 0 ? low : low | limb_at(number, at + 1) << (kBits - shift);
}

bool has_bits_below(const Exact& number, int exponent) {
  const int at = exponent >> 6;
  const int shift = exponent - at * kBits;
  if (shift != 0 && limb_at(number, at) << (kBits - shift) != 0) return true;
  for (int i = number.low; i < at; ++i) {
    if (limb_at(number, i) != 0) return true;
  }
  return false;
}

// `has_more`: the number is a little larger in magnitude than it says.
double round(const Exact& number, bool has_more) {
  if (number.is_zero()) return 0;
  const int top = top_of(number);
  if (top > 1023) {
    const double infinity = std::numeric_limits<double>::infinity();
    return number.is_negative ? -infinity : infinity;
  }
  const int unit = std::max(top - 52, -1074);  // of the last bit that a double has
  std::uint64_t mantissa = bits_from(number, unit);
  const bool half = (bits_from(number, unit - 1) & 1) != 0;
  const bool more = has_more || has_bits_below(number, unit - 1);
  if (half && (more || (mantissa & 1) != 0)) ++mantissa;
  const double magnitude = std::ldexp(static_cast<double>(mantissa), unit);
  return number.is_negative ? -magnitude : magnitude;
}

}  // namespace

// ---- arithmetic

Exact product(const Exact& a, const Exact& b) {
  Exact result{a.is_negative != b.is_negative, {}, a.low + b.low};
  result.limbs.resize(a.limbs.size() + b.limbs.size());
  for (std::size_t i = 0; i < a.limbs.size(); ++i) {
    Wide carry = 0;
    for (std::size_t j = 0; j < b.limbs.size(); ++j) {
      carry += Wide{a.limbs[i]} * b.limbs[j] + result.limbs[i + j];
      result.limbs[i + j] = static_cast<std::uint64_t>(carry);
      carry >>= kBits;
    }
    result.limbs[i + b.limbs.size()] = static_cast<std::uint64_t>(carry);
  }
  trim(result);
  return result;
}

Exact product(const Exact& a, std::uint64_t b) { return product(a, Exact{false, {b}, 0}); }

Exact difference(const Exact& a, const Exact& b) {
  const bool adds = a.is_negative != b.is_negative;
  const bool swaps = !adds && is_less(a, b);
  const Exact& large = swaps ? b : a;
  const Exact& small = swaps ? a : b;
  Exact result{a.is_negative != swaps, {}, std::min(a.low, b.low)};
  const int end = std::max(end_of(a), end_of(b)) + 1;
  std::uint64_t carry = 0;
  for (int at = result.low; at < end; ++at) {
    const Wide x = limb_at(large, at);
    const Wide y = Wide{limb_at(small, at)} + carry;
    const Wide sum = adds ? x + y : x - y;
    result.limbs.push_back(static_cast<std::uint64_t>(sum));
    carry = (sum >> kBits) != 0 ? 1 : 0;
  }
  trim(result);
  return result;
}

double nearest(const Exact& number) { return round(number, false); }

double nearest_quotient(const Exact& number, std::uint64_t count) {
  // Two more limbs give the quotient 64 significant bits, whatever the count.
  Exact quotient{number.is_negative, number.limbs, number.low - 2};
  quotient.limbs.insert(quotient.limbs.begin(), 2, 0);
  Wide rest = 0;
  for (std::size_t i = quotient.limbs.size(); i-- > 0;) {
    rest = rest << kBits | quotient.limbs[i];
    quotient.limbs[i] = static_cast<std::uint64_t>(rest / count);
    rest %= count;
  }
  trim(quotient);
  return round(quotient, rest != 0);
}

double root_of_quotient(const Exact& number, Wide divisor) {
  if (number.is_zero()) return 0;
  int exponent = top_of(number) - (kBits - 1);
  exponent += exponent & 1;  // even, so that its half is the root's
  const auto mantissa = static_cast<long double>(bits_from(number, exponent));
  const long double root = std::sqrt(mantissa / static_cast<long double>(divisor));
  return static_cast<double>(std::ldexp(root, exponent / 2));
}

// ---- the sum

void ExactSum::add(const Number& number) {
  if (number.is_int) return add(magnitude_of(number.whole), 0, number.whole < 0);
  const Parts parts = parts_of(number.real);
  add(parts.mantissa, parts.exponent, std::signbit(number.real));
}

void ExactSum::add_square(const Number& number) {
  const Parts parts = number.is_int ? Parts{magnitude_of(number.whole), 0} : parts_of(number.real);
  add(Wide{parts.mantissa} * parts.mantissa, 2 * parts.exponent, false);
}

// REQUIRES: magnitude < 2^127.
void ExactSum::add(Wide magnitude, int exponent, bool is_negative) {
  if (magnitude == 0) return;
  const int at = exponent >> 6;  // rounded down, also below 0
  const int shift = exponent - at * kBits;
  const Wide low = magnitude << shift;
  const std::uint64_t parts[] = {
      static_cast<std::uint64_t>(low), static_cast<std::uint64_t>(low >> kBits),
      shift == 0 ? 0 : static_cast<std::uint64_t>(magnitude >> (2 * kBits - shift))};
  cover(at, at + 3);
  std::uint64_t carry = 0;
  for (auto i = static_cast<std::size_t>(at - low_); i < limbs_.size(); ++i) {
    const std::size_t part = i - static_cast<std::size_t>(at - low_);
    if (part >= 3 && carry == 0) break;
    const Wide term = Wide{part < 3 ? parts[part] : 0} + carry;
    const Wide sum = is_negative ? limbs_[i] - term : limbs_[i] + term;
    limbs_[i] = static_cast<std::uint64_t>(sum);
    carry = (sum >> kBits) != 0 ? 1 : 0;
  }
  keep_headroom();
}

void ExactSum::merge(const ExactSum& other) {
  if (other.limbs_.empty()) return;
  const int end = other.low_ + static_cast<int>(other.limbs_.size());
  cover(other.low_, std::max(end, low_ + static_cast<int>(limbs_.size())));
  const std::uint64_t sign = static_cast<std::int64_t>(other.limbs_.back()) < 0 ? ~std::uint64_t{0} : 0;
  std::uint64_t carry = 0;
  for (auto i = static_cast<std::size_t>(other.low_ - low_); i < limbs_.size(); ++i) {
    const std::size_t theirs = i - static_cast<std::size_t>(other.low_ - low_);
    const std::uint64_t term = theirs < other.limbs_.size() ? other.limbs_[theirs] : sign;
    const Wide sum = Wide{limbs_[i]} + term + carry;
    limbs_[i] = static_cast<std::uint64_t>(sum);
    carry = static_cast<std::uint64_t>(sum >> kBits);
  }
  keep_headroom();
}

Exact ExactSum::value() const {
  Exact value{false, limbs_, low_};
  if (!limbs_.empty() && static_cast<std::int64_t>(limbs_.back()) < 0) {
    value.is_negative = true;
    std::uint64_t carry = 1;
    for (std::uint64_t& limb : value.limbs) {
      limb = ~limb + carry;
      carry = carry != 0 && limb == 0 ? 1 : 0;
    }
  }
  trim(value);
  return value;
}

// Makes room for the limbs that weigh 2^(64 * first) to 2^(64 * last).
void ExactSum::cover(int first, int last) {
  if (limbs_.empty()) low_ = first;
  if (first < low_) {
    limbs_.insert(limbs_.begin(), static_cast<std::size_t>(low_ - first), 0);
    low_ = first;
  }
  const auto size = static_cast<std::size_t>(last - low_ + 1);
  if (size <= limbs_.size()) return;
  const bool is_negative = !limbs_.empty() && static_cast<std::int64_t>(limbs_.back()) < 0;
  limbs_.resize(size, is_negative ? ~std::uint64_t{0} : 0);
}

// One addition adds no more than a carry to the last limb: far from its own overflow.
void ExactSum::keep_headroom() {
  constexpr std::int64_t kMost = std::int64_t{1} << 62;
  const auto last = static_cast<std::int64_t>(limbs_.back());
  if (last < -kMost || last > kMost) limbs_.push_back(last < 0 ? ~std::uint64_t{0} : 0);
}

void ExactSum::save(flux::Writer& to) const {
  to.put(low_);
  to.put(limbs_);
}

void ExactSum::restore(flux::Reader& from) {
  from.get(low_);
  from.get(limbs_);
}

}  // namespace aggregate
