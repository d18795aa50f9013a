// The values that are there most often.
#include <array>
#include <cstddef>
#include <cstdint>
#include <flux/agent.hpp>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "counts.hpp"
#include "limits.hpp"

namespace {

class TopValues {
 public:
  struct Config {
    std::int64_t n = 0;
    std::optional<flux::Member> by;
    std::int64_t groups = kUsualGroups;
  };
  static constexpr auto params = std::tuple{
      flux::param("n", &Config::n, "How many values, the most frequent first").required(),
      flux::param("by", &Config::by, "The member whose values they are; the event itself if not given"),
      flux::param("groups", &Config::groups, "The most different values; one more fails the run")};
  static constexpr auto examples =
      std::array{flux::example("top_values(2, by=path)",
                               "{\"path\":\"/a\"}\n{\"path\":\"/b\"}\n{\"path\":\"/c\"}\n{\"path\":\"/b\"}\n",
                               "{\"value\":\"/b\",\"count\":2}\n{\"value\":\"/a\",\"count\":1}\n"),
                 flux::example("top_values(1)", "1\n2\n2\n", "{\"value\":2,\"count\":2}\n")};

  explicit TopValues(Config config)
      : n_(checked_rows(config.n)), by_(std::move(config.by)), counts_(checked_groups(config.groups)) {}

  void describe(flux::Ports& ports) const { ports.wants(by_.value_or(flux::Member{})); }
  void invoke(const flux::Members& members) { counts_.add(members, 1); }
  // With too many values there is nothing to wait for.
  bool is_done() const { return counts_.is_overfull(); }

  auto finish() {
    ranked_ = counts_.ranked(n_);
    return flux::Series(ranked_.size(), [this](std::size_t i) {
      row_.clear();
      row_.begin_object();
      row_.key("value");
      row_.value(flux::Json{counts_.key(ranked_[i])});
      row_.key("count");
      row_.value(counts_.count(ranked_[i]));
      row_.end_object();
      return flux::Json{row_.text()};
    });
  }
  void merge(TopValues&& other) { counts_.merge(other.counts_); }
  void save(flux::Writer& to) const { counts_.save(to); }
  void restore(flux::Reader& from) { counts_.restore(from); }

 private:
  std::size_t n_;
  std::optional<flux::Member> by_;
  Counts counts_;
  std::vector<std::uint32_t> ranked_;
  flux::JsonWriter row_;
};
FLUX_AGENT(TopValues, "top_values", "Counts different values and gives the n most frequent");

}  // namespace
