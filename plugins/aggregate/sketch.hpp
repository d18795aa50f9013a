// Quantiles by DDSketch: Masson, Rim, Lee, "DDSketch: A Fast and Fully-Mergeable
// Quantile Sketch with Relative-Error Guarantees", PVLDB 12(12), 2019.
//
// Values are counted in buckets whose bounds grow by the factor gamma, so that the
// middle of a bucket is within alpha of all that is in it. Buckets are counters: what
// two sketches have seen adds up exactly, in any order.
//
// Only buckets that were met are there, 16 bytes each, and none are collapsed, as that
// would depend on the order. Numbers between 1 ms and an hour are up to 800 buckets;
// the most that doubles can fill is 155,000.
//
// Thread safety: none; plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <flux/agent.hpp>
#include <vector>

namespace aggregate {

class Sketch {
 public:
  // What at_rank() may be off, relative to a value that is no subnormal double.
  static constexpr double kError = 0.01;

  // REQUIRES: finite.
  void add(double value);
  void merge(const Sketch& other);

  std::uint64_t count() const { return count_; }
  std::size_t bytes() const { return buckets_.size() * sizeof(Bucket); }

  // Which one of the values in ascending order, from 1, is the least that `percent` of all
  // do not exceed. REQUIRES: 0 < percent <= 100, count() > 0.
  std::uint64_t rank(std::uint64_t percent) const;
  // The value of that rank, within kError of it, in four digits.
  double at_rank(std::uint64_t rank) const;

  void save(flux::Writer& to) const;
  void restore(flux::Reader& from);

 private:
  struct Bucket {
    std::int64_t number;  // in the order of the values: below 0 for those below 0
    std::uint64_t count;
  };

  Bucket& find_or_add(std::int64_t number);

  std::vector<Bucket> buckets_;  // by number
  std::uint64_t count_ = 0;
  std::size_t last_ = 0;  // the bucket that was met last is likely to be met next
};

}  // namespace aggregate
