// A fraction of the events, by position or by what a member says.
#include <array>
#include <cstdint>
#include <flux/agent.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

#include "fraction.hpp"
#include "key.hpp"
#include "xxh64.hpp"

namespace filter {
namespace {

class Sample : public flux::Select {
 public:
  struct Config {
    double rate = 0;
    std::optional<flux::Member> by;
  };
  static constexpr auto params = std::tuple{
      flux::param(
          "rate", &Config::rate,
          "The fraction that passes, from 0 to 1: of the first n events exactly n times rate, rounded "
          "down")
          .required(),
      flux::param(
          "by", &Config::by,
          "Instead by the value of this member: the same value has the same fate, in every run and on "
          "every machine (it passes if the XXH64 of its text is below rate times 2^64)")};
  static constexpr auto examples =
      std::array{flux::example("sample(0.4)", "1\n2\n3\n4\n5\n", "3\n5\n"),
                 flux::example("sample(0.5, by=user)",
                               "{\"user\":\"ann\",\"n\":1}\n{\"user\":\"bob\",\"n\":2}\n"
                               "{\"user\":\"ann\",\"n\":3}\n{\"user\":\"bob\",\"n\":4}\n",
                               "{\"user\":\"ann\",\"n\":1}\n{\"user\":\"ann\",\"n\":3}\n")};

  explicit Sample(Config config) : fraction_(Fraction::of(config.rate)), by_(std::move(config.by)) {}

  void describe(flux::Ports& ports) const {
    if (by_) ports.wants(*by_);
  }
  bool invoke(const flux::Members& members) {
    if (!by_) return fraction_.take_next();
    const flux::Json value = members[0].value_or(flux::Json{"null"});
    return fraction_.holds(xxh64(said(value, said_)));
  }
  void save(flux::Writer& to) const { to.put(fraction_.carry()); }
  void restore(flux::Reader& from) {
    std::uint64_t carry = 0;
    from.get(carry);
    if (!fraction_.set_carry(carry)) throw std::runtime_error("the snapshot is of another rate");
  }

 private:
  Fraction fraction_;
  std::optional<flux::Member> by_;
  std::string said_;
};
FLUX_AGENT(Sample, "sample", "Lets a fraction of the events pass");

}  // namespace
}  // namespace filter
