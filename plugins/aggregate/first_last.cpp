// The first or the last event of each group, as it came. Both are called in stream
// order: an instance that saw only some of the events could not know which was first.
#include <array>
#include <cstddef>
#include <cstdint>
#include <flux/agent.hpp>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "groups.hpp"
#include "limits.hpp"
#include "whole_event.hpp"

namespace {

class First : public flux::Select {
 public:
  struct Config {
    std::vector<flux::Member> by;
    std::int64_t groups = kUsualGroups;
  };
  static constexpr auto params =
      std::tuple{flux::param("by", &Config::by, "The members that tell groups apart"),
                 flux::param("groups", &Config::groups, "The most groups; the events of any other one fail")};
  static constexpr auto examples = std::array{
      flux::example("first", "{\"a\": 1}\n{\"a\": 2}\n", "{\"a\": 1}\n"),
      flux::example("first(by=user)", "{\"user\":\"Ann\",\"n\": 1}\n{\"user\":\"Bob\"}\n{\"user\":\"Ann\"}\n",
                    "{\"user\":\"Ann\",\"n\": 1}\n{\"user\":\"Bob\"}\n")};

  explicit First(Config config)
      : by_(std::move(config.by)), most_(checked_groups(config.groups)), groups_(most_) {}

  void describe(flux::Ports& ports) const {
    for (const flux::Member& path : by_) ports.wants(path);
  }
  bool invoke(const flux::Members& members) {
    if (by_.empty()) return is_done_ = true;
    const std::size_t known = groups_.size();
    const std::uint32_t group = groups_.of(members, by_.size());
    if (group != Groups::kNone) return group == known;
    if (known < most_)
      throw flux::Refused(
          "the values of its group are too long beside those of others; allow more with groups=N");
    throw flux::Refused("its group is one more than groups=" + std::to_string(most_) + " allows");
  }
  // At once: the event that passes ends the stream, not the one behind it.
  bool is_done() const { return is_done_; }
  void save(flux::Writer& to) const {
    to.put(is_done_);
    groups_.save(to);
  }
  void restore(flux::Reader& from) {
    from.get(is_done_);
    groups_.restore(from);
  }

 private:
  std::vector<flux::Member> by_;
  std::size_t most_;
  Groups groups_;
  bool is_done_ = false;
};
FLUX_AGENT(First, "first", "Lets the first event pass and ends the stream, or the first of each group");

class Last {
 public:
  using Config = First::Config;
  static constexpr auto params =
      std::tuple{flux::param("by", &Config::by, "The members that tell groups apart"),
                 flux::param("groups", &Config::groups, "The most groups; one more fails the run")};
  static constexpr auto examples = std::array{
      flux::example("last", "{\"a\": 1}\n{\"a\": 2}\n", "{\"a\":2}\n"),
      flux::example("last(by=user)", "{\"user\":\"Ann\"}\n{\"user\":\"Bob\"}\n{\"user\":\"Ann\",\"n\":3}\n",
                    "{\"user\":\"Ann\",\"n\":3}\n{\"user\":\"Bob\"}\n")};

  explicit Last(Config config) : by_(std::move(config.by)), groups_(checked_groups(config.groups)) {}

  void invoke(flux::Json event) {
    const std::uint32_t group = group_of(event);
    if (group == Groups::kNone) return;
    if (group == events_.size()) events_.emplace_back();
    std::string& last = events_[group];
    groups_.charge(last.size(), event.text.size());
    // What was long once does not stay so: it is the text that is charged.
    if (last.capacity() > 2 * event.text.size() + kSlack) last = std::string();
    last = event.text;
  }
  // With too many groups there is nothing to wait for.
  bool is_done() const { return groups_.is_overfull(); }
  auto finish() const {
    groups_.require_fitting();
    return flux::Series(events_.size(), [this](std::size_t i) { return flux::Json{events_[i]}; });
  }
  void save(flux::Writer& to) const {
    groups_.save(to);
    to.put(events_);
  }
  void restore(flux::Reader& from) {
    groups_.restore(from);
    from.get(events_);
    for (const std::string& event : events_) groups_.charge(0, event.size());
  }

 private:
  static constexpr std::size_t kSlack = 256;

  std::uint32_t group_of(flux::Json event) {
    if (by_.empty()) return 0;
    key_.clear();
    for (const flux::Member& path : by_) {
      if (!key_.empty()) key_ += ',';
      key_ += member_of(event, path).value_or(flux::Json{"null"}).text;
    }
    return groups_.of_text(key_);
  }

  std::vector<flux::Member> by_;
  Groups groups_;
  std::vector<std::string> events_;  // by group, in the order in which these came up
  std::string key_;
};
FLUX_AGENT(Last, "last", "Gives the last event of all, or of each group in the order of their first ones");

}  // namespace
