// The end of a stream.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <flux/agent.hpp>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "kept_text.hpp"

namespace {

// No select, for such an agent cannot hold events back; but what it gives at the end is
// the events' own text, and keeps its bytes.
class Tail {
 public:
  struct Config {
    std::int64_t n = 0;
  };
  static constexpr auto params = std::tuple{
      flux::param("n", &Config::n, "How many events are kept, and given when the stream ends").required()};
  static constexpr auto examples =
      std::array{flux::example("tail(2)", "1\n{\"a\": 1.10}\n3\n", "{\"a\": 1.10}\n3\n")};

  explicit Tail(Config config) : n_(static_cast<std::size_t>(config.n)) {
    if (config.n < 0) throw std::invalid_argument("n must be at least 0, found " + std::to_string(config.n));
  }

  void invoke(flux::Json event) {
    if (kept_.size() < n_) {
      kept_.push_back({std::string(event.text)});
    } else if (n_ != 0) {
      filter::keep_text(kept_[oldest_].text, event.text);
      oldest_ = (oldest_ + 1) % n_;
    }
  }
  std::vector<flux::JsonText> finish() {
    std::rotate(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(oldest_), kept_.end());
    oldest_ = 0;
    return std::move(kept_);
  }
  void save(flux::Writer& to) const {
    to.put(static_cast<std::uint64_t>(kept_.size()));
    for (std::size_t i = 0; i < kept_.size(); ++i) to.put(kept_[(oldest_ + i) % kept_.size()].text);
  }
  void restore(flux::Reader& from) {
    std::uint64_t count = 0;
    from.get(count);
    kept_.clear();
    oldest_ = 0;
    for (std::string text; count > 0; --count) {
      from.get(text);
      invoke({text});
    }
  }

 private:
  std::size_t n_;
  std::vector<flux::JsonText> kept_;
  std::size_t oldest_ = 0;  // of kept_, once it is full
};
FLUX_AGENT(Tail, "tail", "Gives the last n events when the stream ends", FLUX_VERBATIM);

}  // namespace
