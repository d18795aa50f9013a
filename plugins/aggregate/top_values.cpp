// The values that are there most often.
#include <array>
#include <cstddef>
#include <cstdint>
#include <flux/agent.hpp>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "counts.hpp"
#include "interim.hpp"
#include "limits.hpp"

namespace {

class TopValues {
  struct RowAt {
    TopValues* top;
    flux::JsonText operator()(std::size_t i) const { return {top->row(i)}; }
  };
  using Rows = flux::Series<RowAt>;

 public:
  struct Config {
    std::int64_t n = 0;
    std::optional<flux::Member> by;
    std::optional<std::int64_t> every;
    std::int64_t groups = kUsualGroups;
  };
  static constexpr auto params = std::tuple{
      flux::param("n", &Config::n, "How many values, the most frequent first").required(),
      flux::param("by", &Config::by, "The member whose values they are; the event itself if not given"),
      flux::param("every", &Config::every, "After how many events to give rows as well, in order"),
      flux::param("groups", &Config::groups, "The most different values; one more fails the run")};
  static constexpr auto examples =
      std::array{flux::example("top_values(2, by=path)",
                               "{\"path\":\"/a\"}\n{\"path\":\"/b\"}\n{\"path\":\"/c\"}\n{\"path\":\"/b\"}\n",
                               "{\"value\":\"/b\",\"count\":2}\n{\"value\":\"/a\",\"count\":1}\n"),
                 flux::example("top_values(1)", "1\n2\n2\n", "{\"value\":2,\"count\":2}\n")};

  explicit TopValues(Config config)
      : n_(checked_rows(config.n)),
        by_(std::move(config.by)),
        interim_(config.every),
        counts_(checked_groups(config.groups)) {}

  void describe(flux::Ports& ports) const {
    ports.wants(by_.value_or(flux::Member{}));
    interim_.describe(ports);
  }
  Rows invoke(const flux::Members& members) {
    counts_.add(members, 1);
    return interim_.is_due() && !is_done() ? finish() : Rows(0, {this});
  }
  // With too many values there is nothing to wait for.
  bool is_done() const { return counts_.is_overfull(); }

  Rows finish() {
    ranked_ = counts_.ranked(n_);
    return {ranked_.size(), {this}};
  }
  void merge(TopValues&& other) { counts_.merge(other.counts_); }
  void save(flux::Writer& to) const {
    counts_.save(to);
    interim_.save(to);
  }
  void restore(flux::Reader& from) {
    counts_.restore(from);
    interim_.restore(from);
  }

 private:
  std::string row(std::size_t i) const {
    counts_.expect_behind(ranked_, i);
    flux::JsonWriter row;
    row.begin_object();
    row.key("value");
    row.value(flux::Json{counts_.key(ranked_[i])});
    row.key("count");
    row.value(counts_.count(ranked_[i]));
    row.end_object();
    return row.take();
  }

  std::size_t n_;
  std::optional<flux::Member> by_;
  Interim interim_;
  Counts counts_;
  std::vector<std::uint32_t> ranked_;  // the groups of the rows that are being given
};
FLUX_AGENT(TopValues, "top_values", "Counts different values and gives the n most frequent", FLUX_ABSORB);

}  // namespace
