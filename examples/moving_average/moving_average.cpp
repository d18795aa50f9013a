// An agent with a parameter and with state: the mean of the last values.
#include <array>
#include <cstddef>
#include <cstdint>
#include <flux/agent.hpp>
#include <numeric>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace {

class MovingAverage {
 public:
  struct Config {
    std::int64_t window = 3;
  };
  static constexpr auto params =
      std::tuple{flux::param("window", &Config::window, "How many values to average")};
  static constexpr auto examples =
      std::array{flux::example("moving_average(window=2)", "1\n3\n4\n", "1.0\n2.0\n3.5\n")};

  explicit MovingAverage(Config config) : window_(static_cast<std::size_t>(config.window)) {
    if (config.window >= 1) return;
    throw std::invalid_argument("window must be at least 1, found " + std::to_string(config.window));
  }

  double invoke(double value) {
    if (values_.size() == window_) values_.erase(values_.begin());
    values_.push_back(value);
    // Added up anew each time: a running sum would gather rounding errors.
    return std::accumulate(values_.begin(), values_.end(), 0.0) / static_cast<double>(values_.size());
  }

  void save(flux::Writer& to) const { to.put(values_); }
  void restore(flux::Reader& from) { from.get(values_); }

 private:
  std::size_t window_;
  std::vector<double> values_;  // at most window_, the oldest first
};
FLUX_AGENT(MovingAverage, "moving_average", "Averages the last values");

}  // namespace
