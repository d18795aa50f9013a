// A fraction of a stream, in exact decimals: no dice and no rounding, so that a run is
// reproducible to the byte.
//
// Thread safety: as for any value.
#pragma once

#include <cstdint>

namespace filter {

class Fraction {
 public:
  // The decimal as it was written, if that had no more than 15 digits. Throws
  // std::invalid_argument if it is not within 0 and 1 or has over 18 decimal places.
  static Fraction of(double rate);

  // Counts one more event, the n-th; true if ⌊n·f⌋ > ⌊(n−1)·f⌋.
  bool take_next() {
    carry_ += parts_;
    if (carry_ < whole_) return false;
    carry_ -= whole_;
    return true;
  }

  // Whether a hash lies in the first f of all hashes: hash < f·2^64.
  bool holds(std::uint64_t hash) const { return is_all_ || hash < below_; }

  // How far the count has come towards the next event that passes.
  std::uint64_t carry() const { return carry_; }
  // False, and nothing is changed, if no count of this fraction comes to that.
  bool set_carry(std::uint64_t carry) {
    if (carry >= whole_) return false;
    carry_ = carry;
    return true;
  }

 private:
  // parts / whole; whole is a power of ten.
  Fraction(std::uint64_t parts, std::uint64_t whole);

  std::uint64_t parts_;
  std::uint64_t whole_;
  std::uint64_t below_;
  bool is_all_;
  std::uint64_t carry_ = 0;
};

}  // namespace filter
