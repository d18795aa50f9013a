// Agents that leave out what was there before.
#include <array>
#include <cstddef>
#include <cstdint>
#include <flux/agent.hpp>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "key.hpp"
#include "memory_size.hpp"
#include "recent_keys.hpp"

namespace filter {
namespace {

class Dedupe : public flux::Select {
 public:
  struct Config {
    std::vector<flux::Member> by;
    std::int64_t size = 100'000;
  };
  static constexpr auto params = std::tuple{
      flux::param(
          "by", &Config::by,
          "The members that tell events apart; without them the whole event does, as it is written. An "
          "event that has none of them passes"),
      flux::param("size", &Config::size,
                  "How many distinct values are remembered: the ones met last. Bounds the memory")};
  static constexpr auto examples = std::array{
      flux::example("dedupe(by=id)", "{\"id\": 1, \"n\": 1}\n{\"id\": 2, \"n\": 2}\n{\"id\": 1, \"n\": 3}\n",
                    "{\"id\": 1, \"n\": 1}\n{\"id\": 2, \"n\": 2}\n"),
      flux::example("dedupe", "1\n2\n1\n1.0\n", "1\n2\n1.0\n")};

  explicit Dedupe(Config config) : by_(std::move(config.by)), seen_(memory_size(config.size)) {}

  void describe(flux::Ports& ports) const {
    for (const flux::Member& member : by_) ports.wants(member);
    if (by_.empty()) ports.wants({});
  }
  bool invoke(const flux::Members& members) {
    if (by_.empty()) return seen_.meet(key_.as_written(members)).is_new;
    return !has_any(members) || seen_.meet(key_.read(members)).is_new;
  }
  void save(flux::Writer& to) const { seen_.save(to); }
  void restore(flux::Reader& from) { seen_.restore(from); }

 private:
  struct Nothing {};

  std::vector<flux::Member> by_;
  RecentKeys<Nothing> seen_;
  KeyReader key_;
};
FLUX_AGENT(Dedupe, "dedupe", "Lets the first event of each value pass");

class Changed : public flux::Select {
 public:
  struct Config {
    std::vector<flux::Member> paths;
  };
  static constexpr auto params = std::tuple{
      flux::param("paths", &Config::paths, "The members of which one must differ from the event before")
          .rest()
          .required()};
  static constexpr auto examples = std::array{flux::example(
      "changed(state)",
      "{\"state\":\"up\",\"t\":1}\n{\"state\":\"up\",\"t\":2}\n{\"state\":\"down\",\"t\":3}\n"
      "{\"state\":\"up\",\"t\":4}\n",
      "{\"state\":\"up\",\"t\":1}\n{\"state\":\"down\",\"t\":3}\n{\"state\":\"up\",\"t\":4}\n")};

  explicit Changed(Config config) : paths_(std::move(config.paths)) {}

  void describe(flux::Ports& ports) const {
    for (const flux::Member& path : paths_) ports.wants(path);
  }
  bool invoke(const flux::Members& members) {
    const std::string_view key = key_.read(members);
    if (key == last_) return false;  // nothing is the key of no event: the first one passes
    last_ = key;
    return true;
  }
  void save(flux::Writer& to) const { to.put(last_); }
  void restore(flux::Reader& from) { from.get(last_); }

 private:
  std::vector<flux::Member> paths_;
  KeyReader key_;
  std::string last_;
};
FLUX_AGENT(Changed, "changed", "Lets an event pass if a member differs from the event before");

}  // namespace
}  // namespace filter
