// Agents that count events.
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
#include "group_names.hpp"
#include "group_rows.hpp"
#include "interim.hpp"
#include "limits.hpp"

namespace {

class Count {
  struct RowAt {
    Count* count;
    flux::JsonText operator()(std::size_t i) const { return {count->row(i)}; }
  };
  using Rows = flux::Series<RowAt>;

 public:
  struct Config {
    std::vector<flux::Member> by;
    std::optional<std::int64_t> every;
    std::int64_t groups = kUsualGroups;
  };
  static constexpr auto params =
      std::tuple{flux::param("by", &Config::by,
                             "The members that tell groups apart, each called by its last name in the rows"),
                 flux::param("every", &Config::every, "After how many events to give rows as well, in order"),
                 flux::param("groups", &Config::groups, "The most groups; one more fails the run")};
  static constexpr auto examples = std::array{
      flux::example("count", "{\"a\":1}\n{\"a\":2}\n", "{\"count\":2}\n"),
      flux::example("count(by=level)",
                    "{\"level\":\"info\"}\n{\"level\":\"error\"}\n{\"level\":\"info\"}\n{}\n",
                    "{\"level\":\"info\",\"count\":2}\n{\"level\":\"error\",\"count\":1}\n"
                    "{\"level\":null,\"count\":1}\n"),
      flux::example("count(by=[user.name, ok])",
                    "{\"user\":{\"name\":\"Ann\"},\"ok\":true}\n{\"ok\":true,\"user\":{\"name\":\"Ann\"}}\n",
                    "{\"name\":\"Ann\",\"ok\":true,\"count\":2}\n"),
      flux::example("count(every=2)", "1\n2\n3\n", "{\"count\":2}\n{\"count\":3}\n")};

  explicit Count(Config config)
      : by_(std::move(config.by)),
        names_(group_names(by_, {"count"})),
        interim_(config.every),
        counts_(checked_groups(config.groups)) {}

  void describe(flux::Ports& ports) const {
    for (const flux::Member& path : by_) ports.wants(path);
    interim_.describe(ports);
  }
  Rows invoke(const flux::Members& members) {
    if (by_.empty()) {
      ++total_;
    } else {
      counts_.add(members, by_.size());
    }
    return interim_.is_due() && !is_done() ? finish() : Rows(0, {this});
  }
  // With too many groups there is nothing to wait for.
  bool is_done() const { return counts_.is_overfull(); }

  Rows finish() {
    ranked_ = counts_.ranked();
    return {by_.empty() ? 1 : ranked_.size(), {this}};
  }
  void merge(Count&& other) {
    total_ += other.total_;
    counts_.merge(other.counts_);
  }
  void save(flux::Writer& to) const {
    to.put(total_);
    counts_.save(to);
    interim_.save(to);
  }
  void restore(flux::Reader& from) {
    from.get(total_);
    counts_.restore(from);
    interim_.restore(from);
  }

 private:
  std::string row(std::size_t i) const {
    counts_.expect_behind(ranked_, i);
    flux::JsonWriter row;
    row.begin_object();
    if (!by_.empty()) put_group(row, names_, counts_.key(ranked_[i]));
    row.key("count");
    row.value(by_.empty() ? total_ : counts_.count(ranked_[i]));
    row.end_object();
    return row.take();
  }

  std::vector<flux::Member> by_;
  std::vector<std::string> names_;  // of the same in a row
  Interim interim_;
  std::int64_t total_ = 0;             // where there are no groups
  Counts counts_;                      // where there are
  std::vector<std::uint32_t> ranked_;  // the groups of the rows that are being given
};
FLUX_AGENT(Count, "count", "Counts events, or those of each group", FLUX_ABSORB);

}  // namespace
