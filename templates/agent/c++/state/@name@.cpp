// @name@: takes events in, and gives what it made of them at the end of the stream.
#include <algorithm>
#include <array>
#include <cstdint>
#include <flux/agent.hpp>
#include <optional>

struct Range {
  std::int64_t smallest;
  std::int64_t largest;
};
FLUX_RECORD(Range, smallest, largest);

class @Name@ {
 public:
  static constexpr auto examples =
      std::array{flux::example("@name@", "3\n-7\n5\n", "{\"smallest\":-7,\"largest\":5}\n")};

  // Of an agent that absorbs, Out is what finish() gives.
  void invoke(std::int64_t x) { add({x, x}); }

  std::optional<Range> finish() {
    if (!any_) return std::nullopt;
    return range_;
  }

  // With merge() each worker has an instance of its own; without it there is one.
  void merge(@Name@&& other) {
    if (other.any_) add(other.range_);
  }

  // Checkpoints.
  void save(flux::Writer& to) const {
    to.put(any_);
    to.put(range_);
  }
  void restore(flux::Reader& from) {
    from.get(any_);
    from.get(range_);
  }

 private:
  void add(Range more) {
    range_.smallest = any_ ? std::min(range_.smallest, more.smallest) : more.smallest;
    range_.largest = any_ ? std::max(range_.largest, more.largest) : more.largest;
    any_ = true;
  }

  bool any_ = false;
  Range range_{};
};
FLUX_AGENT(@Name@, "@name@", "Gives the smallest and the largest integer");
