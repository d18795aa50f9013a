// Numbers summed up, of all events or of each group.
#include <array>
#include <cstddef>
#include <cstdint>
#include <flux/agent.hpp>
#include <flux/json_writer.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "group_names.hpp"
#include "group_rows.hpp"
#include "groups.hpp"
#include "interim.hpp"
#include "limits.hpp"
#include "ranking.hpp"
#include "summary.hpp"

namespace {

using aggregate::Summary;

class Stats {
  struct RowAt {
    Stats* stats;
    flux::JsonText operator()(std::size_t i) const { return {stats->row(i)}; }
  };
  using Rows = flux::Series<RowAt>;

 public:
  struct Config {
    flux::Member path;
    std::vector<flux::Member> by;
    std::optional<std::int64_t> every;
    std::int64_t groups = kUsualGroups;
  };
  static constexpr auto params = std::tuple{
      flux::param("path", &Config::path,
                  "The member that is summed up; where it is missing or null it does not count, anything "
                  "else that is no number fails its event")
          .required(),
      flux::param("by", &Config::by,
                  "The members that tell groups apart, each called by its last name in the rows"),
      flux::param("every", &Config::every, "After how many events to give rows as well, in order"),
      flux::param("groups", &Config::groups, "The most groups; one more fails the run")};
  static constexpr auto examples = std::array{
      flux::example("stats(ms)", "{\"ms\":1}\n{\"ms\":2}\n{\"ms\":6}\n",
                    "{\"count\":3,\"sum\":9,\"min\":1,\"max\":6,\"mean\":3.0,\"stddev\":2.6457513110645907,"
                    "\"p50\":1.986,\"p90\":6.0,\"p99\":6.0}\n"),
      flux::example("stats(s, by=ok)", "{\"s\":0.5,\"ok\":true}\n{\"s\":1.5,\"ok\":true}\n{\"ok\":false}\n",
                    "{\"ok\":true,\"count\":2,\"sum\":2.0,\"min\":0.5,\"max\":1.5,\"mean\":1.0,"
                    "\"stddev\":0.7071067811865476,\"p50\":0.5,\"p90\":1.5,\"p99\":1.5}\n"
                    "{\"ok\":false,\"count\":0,\"sum\":0,\"min\":null,\"max\":null,\"mean\":null,"
                    "\"stddev\":null,\"p50\":null,\"p90\":null,\"p99\":null}\n")};

  explicit Stats(Config config)
      : by_(std::move(config.by)),
        path_(std::move(config.path)),
        names_(group_names(by_, {"count", "sum", "min", "max", "mean", "stddev", "p50", "p90", "p99"})),
        interim_(config.every),
        groups_(checked_groups(config.groups)),
        summaries_(by_.empty() ? 1 : 0) {}

  void describe(flux::Ports& ports) const {
    for (const flux::Member& path : by_) ports.wants(path);
    ports.wants(path_);
    interim_.describe(ports);
  }
  Rows invoke(const flux::Members& members) {
    const std::optional<flux::Json> value = members[by_.size()];
    std::optional<aggregate::Number> number;
    if (value) number = aggregate::read_number(*value, path_);
    if (Summary* const summary = summary_of(members); summary != nullptr && number) {
      const std::size_t before = summary->bytes();
      summary->add(*number);
      groups_.charge(before, summary->bytes());
    }
    return interim_.is_due() && !is_done() ? finish() : Rows(0, {this});
  }
  // With too many groups there is nothing to wait for.
  bool is_done() const { return groups_.is_overfull(); }

  // In the order of count's rows: those of most numbers first, then by their keys.
  Rows finish() {
    groups_.require_fitting();
    ranked_ = by_.empty() ? std::vector<std::uint32_t>{0}
                          : Ranking::of(groups_, groups_.size(),
                                        [this](std::uint32_t group) { return summaries_[group].count(); });
    return {ranked_.size(), {this}};
  }
  void merge(Stats&& other) {
    groups_.be_overfull_as(other.groups_);
    for (std::uint32_t theirs = 0; theirs < other.summaries_.size(); ++theirs) {
      Summary* const mine = by_.empty() ? &summaries_[0] : summary_of(groups_.of(other.groups_, theirs));
      if (mine == nullptr) return;
      const std::size_t before = mine->bytes();
      mine->merge(other.summaries_[theirs]);
      groups_.charge(before, mine->bytes());
    }
  }
  void save(flux::Writer& to) const {
    groups_.save(to);
    for (const Summary& summary : summaries_) summary.save(to);
    interim_.save(to);
  }
  void restore(flux::Reader& from) {
    groups_.restore(from);
    summaries_ = std::vector<Summary>(by_.empty() ? 1 : groups_.size());
    for (Summary& summary : summaries_) {
      summary.restore(from);
      groups_.charge(0, summary.bytes());
    }
    interim_.restore(from);
  }

 private:
  // Null: of one group too many.
  Summary* summary_of(const flux::Members& members) {
    return by_.empty() ? &summaries_[0] : summary_of(groups_.of(members, by_.size()));
  }
  Summary* summary_of(std::uint32_t group) {
    if (group == Groups::kNone) return nullptr;
    if (group == summaries_.size()) summaries_.emplace_back();
    return &summaries_[group];
  }

  std::string row(std::size_t i) const {
    if (!by_.empty()) groups_.expect_behind(i, ranked_.size(), [this](std::size_t j) { return ranked_[j]; });
    flux::JsonWriter row;
    row.begin_object();
    if (!by_.empty()) put_group(row, names_, groups_.key(ranked_[i]));
    summaries_[ranked_[i]].put_members(row);
    row.end_object();
    return row.take();
  }

  std::vector<flux::Member> by_;
  flux::Member path_;
  std::vector<std::string> names_;  // of `by` in a row
  Interim interim_;
  Groups groups_;
  std::vector<Summary> summaries_;     // by group; without `by` one
  std::vector<std::uint32_t> ranked_;  // the groups of the rows that are being given
};
FLUX_AGENT(Stats, "stats",
           "Sums numbers up, all or by members: sum, extremes, mean, sample deviation, quantiles to 1 %",
           FLUX_ABSORB);

}  // namespace
