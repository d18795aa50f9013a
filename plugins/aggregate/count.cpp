// Agents that count events.
#include <array>
#include <cstddef>
#include <cstdint>
#include <flux/agent.hpp>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "counts.hpp"
#include "group_names.hpp"
#include "group_rows.hpp"
#include "limits.hpp"

namespace {

class Count {
 public:
  struct Config {
    std::vector<flux::Member> by;
    std::int64_t groups = kUsualGroups;
  };
  static constexpr auto params =
      std::tuple{flux::param("by", &Config::by,
                             "The members that tell groups apart, each called by its last name in the rows"),
                 flux::param("groups", &Config::groups, "The most groups; one more fails the run")};
  static constexpr auto examples = std::array{
      flux::example("count", "{\"a\":1}\n{\"a\":2}\n", "{\"count\":2}\n"),
      flux::example("count(by=level)",
                    "{\"level\":\"info\"}\n{\"level\":\"error\"}\n{\"level\":\"info\"}\n{}\n",
                    "{\"level\":\"info\",\"count\":2}\n{\"level\":\"error\",\"count\":1}\n"
                    "{\"level\":null,\"count\":1}\n"),
      flux::example("count(by=[user.name, ok])",
                    "{\"user\":{\"name\":\"Ann\"},\"ok\":true}\n{\"ok\":true,\"user\":{\"name\":\"Ann\"}}\n",
                    "{\"name\":\"Ann\",\"ok\":true,\"count\":2}\n")};

  explicit Count(Config config)
      : by_(std::move(config.by)),
        names_(group_names(by_, {"count"})),
        counts_(checked_groups(config.groups)) {}

  void describe(flux::Ports& ports) const {
    for (const flux::Member& path : by_) ports.wants(path);
  }
  void invoke(const flux::Members& members) {
    if (by_.empty()) {
      ++total_;
    } else {
      counts_.add(members, by_.size());
    }
  }
  // With too many groups there is nothing to wait for.
  bool is_done() const { return counts_.is_overfull(); }

  auto finish() {
    ranked_ = counts_.ranked();
    return flux::Series(by_.empty() ? 1 : ranked_.size(), [this](std::size_t i) {
      row_.clear();
      row_.begin_object();
      if (!by_.empty()) put_group(row_, names_, counts_.key(ranked_[i]));
      row_.key("count");
      row_.value(by_.empty() ? total_ : counts_.count(ranked_[i]));
      row_.end_object();
      return flux::Json{row_.text()};
    });
  }
  void merge(Count&& other) {
    total_ += other.total_;
    counts_.merge(other.counts_);
  }
  void save(flux::Writer& to) const {
    to.put(total_);
    counts_.save(to);
  }
  void restore(flux::Reader& from) {
    from.get(total_);
    counts_.restore(from);
  }

 private:
  std::vector<flux::Member> by_;
  std::vector<std::string> names_;  // of the same in a row
  std::int64_t total_ = 0;          // where there are no groups
  Counts counts_;                   // where there are
  std::vector<std::uint32_t> ranked_;
  flux::JsonWriter row_;
};
FLUX_AGENT(Count, "count", "Counts events, or those of each group");

}  // namespace
