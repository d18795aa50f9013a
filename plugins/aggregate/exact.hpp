// Sums without rounding, as Kulisch proposed ("Computer Arithmetic and Validity", 2008):
// one long fixed-point number, into which every double fits. So a sum depends neither on
// the order of its terms nor on how they were split, and is rounded once, when it is told.
//
// Of the long number only the part that was ever touched is there: a few words for
// usual data, 35 for doubles of all sizes, twice that for their squares.
//
// Thread safety: none; plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <flux/agent.hpp>
#include <vector>

#include "number.hpp"

namespace aggregate {

__extension__ using Wide = unsigned __int128;

// A number that is known exactly: limbs[i] weighs 2^(64 * (low + i)).
struct Exact {
  bool is_negative = false;
  std::vector<std::uint64_t> limbs;  // of the magnitude; the last is not 0
  int low = 0;

  bool is_zero() const { return limbs.empty(); }
};

Exact product(const Exact& a, const Exact& b);
Exact product(const Exact& a, std::uint64_t b);
Exact difference(const Exact& a, const Exact& b);

// The nearest double, ties to even; infinity beyond the range.
double nearest(const Exact& number);
// The nearest double of number / count. REQUIRES: count > 0.
double nearest_quotient(const Exact& number, std::uint64_t count);
// The square root of number / divisor, right to the last bit or the one before it.
// REQUIRES: not negative; divisor > 0.
double root_of_quotient(const Exact& number, Wide divisor);

class ExactSum {
 public:
  void add(const Number& number);
  void add_square(const Number& number);
  void merge(const ExactSum& other);

  Exact value() const;

  void save(flux::Writer& to) const;
  void restore(flux::Reader& from);

 private:
  void add(Wide magnitude, int exponent, bool is_negative);
  void cover(int first, int last);
  void keep_headroom();

  // In two's complement; the last limb has only sign bits and a few carries.
  std::vector<std::uint64_t> limbs_;
  int low_ = 0;  // limbs_[i] weighs 2^(64 * (low_ + i))
};

}  // namespace aggregate
