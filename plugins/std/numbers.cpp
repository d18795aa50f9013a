// Arithmetic on integers: a result that leaves the range of int fails its event.
#include <array>
#include <cstdint>
#include <flux/agent.hpp>
#include <limits>
#include <string>

namespace {

struct Double {
  static constexpr auto examples = std::array{flux::example("double", "1\n-3\n", "2\n-6\n")};
  std::int64_t invoke(std::int64_t x) const { return flux::checked_mul(x, 2); }
};
FLUX_AGENT(Double, "double", "Doubles an integer", FLUX_PURE | FLUX_CONCURRENT);

struct AddOne {
  static constexpr auto examples = std::array{flux::example("addone", "1\n-1\n", "2\n0\n"),
                                              flux::example("double | addone", "3\n", "7\n")};
  std::int64_t invoke(std::int64_t x) const { return flux::checked_add(x, 1); }
};
FLUX_AGENT(AddOne, "addone", "Adds one to an integer", FLUX_PURE | FLUX_CONCURRENT);

struct Negate {
  static constexpr auto examples = std::array{flux::example("negate", "5\n-2\n", "-5\n2\n")};
  std::int64_t invoke(std::int64_t x) const { return flux::checked_neg(x); }
};
FLUX_AGENT(Negate, "negate", "Changes the sign of an integer", FLUX_PURE | FLUX_CONCURRENT);

// Wide enough for any number of events, so that neither the order nor the split
// into instances can show.
__extension__ using Wide = __int128;

std::string decimal(Wide value) {
  const bool is_negative = value < 0;
  std::string digits;
  do {
    const int digit = static_cast<int>(value % 10);
    digits.insert(digits.begin(), static_cast<char>('0' + (digit < 0 ? -digit : digit)));
    value /= 10;
  } while (value != 0);
  return is_negative ? "-" + digits : digits;
}

class Sum {
 public:
  static constexpr auto examples =
      std::array{flux::example("sum", "1\n2\n3\n", "6\n"), flux::example("sum", "", "0\n")};

  void invoke(std::int64_t x) { total_ += x; }

  std::int64_t finish() const {
    using Int = std::numeric_limits<std::int64_t>;
    if (total_ < Int::min() || total_ > Int::max()) {
      throw flux::Overflow("the total " + decimal(total_) + " does not fit in an int");
    }
    return static_cast<std::int64_t>(total_);
  }

  void merge(Sum&& other) { total_ += other.total_; }
  void save(flux::Writer& to) const { to.put(total_); }
  void restore(flux::Reader& from) { from.get(total_); }

 private:
  Wide total_ = 0;
};
FLUX_AGENT(Sum, "sum", "Adds up integers and gives the total at the end");

}  // namespace
