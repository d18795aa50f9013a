#include "sketch.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace aggregate {
namespace {

// The rest of the 1 % is for rounding to four digits.
constexpr double kAlpha = 0.0094;
constexpr double kGamma = (1 + kAlpha) / (1 - kAlpha);

// Puts the buckets of the smallest doubles above 0: log_gamma(2^-1074) is -39,600.
constexpr std::int64_t kOffset = 40'000;

const double kLogGamma = std::log(kGamma);

std::int64_t number_of(double value) {
  if (value == 0) return 0;
  const auto bucket = static_cast<std::int64_t>(std::ceil(std::log(std::abs(value)) / kLogGamma)) + kOffset;
  return value < 0 ? -bucket : bucket;
}

// What is within alpha of all that is in the bucket.
double middle_of(std::int64_t number) {
  if (number == 0) return 0;
  const auto bucket = static_cast<double>(std::abs(number) - kOffset);
  const double middle = std::exp(bucket * kLogGamma) * (2 / (kGamma + 1));
  const double finite = std::min(middle, std::numeric_limits<double>::max());
  return number < 0 ? -finite : finite;
}

double of_four_digits(double value) {
  char text[32];
  const char* const end =
      std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, 3).ptr;
  double rounded = value;  // and stays so where it would leave the range of a double
  std::from_chars(text, end, rounded);
  return rounded;
}

}  // namespace

void Sketch::add(double value) {
  ++find_or_add(number_of(value)).count;
  ++count_;
}

Sketch::Bucket& Sketch::find_or_add(std::int64_t number) {
  if (last_ < buckets_.size() && buckets_[last_].number == number) return buckets_[last_];
  auto at = std::lower_bound(buckets_.begin(), buckets_.end(), number,
                             [](const Bucket& bucket, std::int64_t n) { return bucket.number < n; });
  if (at == buckets_.end() || at->number != number) at = buckets_.insert(at, {number, 0});
  last_ = static_cast<std::size_t>(at - buckets_.begin());
  return *at;
}

void Sketch::merge(const Sketch& other) {
  std::vector<Bucket> both;
  both.reserve(buckets_.size() + other.buckets_.size());
  auto mine = buckets_.begin();
  for (const Bucket& theirs : other.buckets_) {
    while (mine != buckets_.end() && mine->number < theirs.number) both.push_back(*mine++);
    both.push_back(theirs);
    if (mine != buckets_.end() && mine->number == theirs.number) both.back().count += (mine++)->count;
  }
  both.insert(both.end(), mine, buckets_.end());
  buckets_ = std::move(both);
  count_ += other.count_;
}

std::uint64_t Sketch::rank(std::uint64_t percent) const {
  return count_ / 100 * percent + (count_ % 100 * percent + 99) / 100;
}

double Sketch::at_rank(std::uint64_t rank) const {
  std::uint64_t seen = 0;
  for (const Bucket& bucket : buckets_) {
    seen += bucket.count;
    if (seen >= rank) return of_four_digits(middle_of(bucket.number));
  }
  return of_four_digits(middle_of(buckets_.back().number));
}

void Sketch::save(flux::Writer& to) const {
  to.put(count_);
  to.put(buckets_);
}

void Sketch::restore(flux::Reader& from) {
  from.get(count_);
  from.get(buckets_);
  last_ = 0;
}

}  // namespace aggregate
