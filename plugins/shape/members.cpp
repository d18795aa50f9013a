// Agents that keep, rename and fill in members named by their parameters. All else
// keeps its bytes.
#include <array>
#include <cstddef>
#include <flux/agent.hpp>
#include <flux/json_reader.hpp>
#include <flux/message.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace {

class Pick : public flux::Extend {
 public:
  struct Config {
    std::vector<flux::Member> paths;
  };
  static constexpr auto params = std::tuple{
      flux::param("paths", &Config::paths, "The members that stay, in the order of the event; all others go")
          .rest()
          .required()};
  static constexpr auto examples = std::array{
      flux::example("pick(id, took)", "{\"took\": 1.10, \"debug\": [1], \"id\": 7}\n{\"debug\": []}\n",
                    "{\"took\": 1.10, \"id\": 7}\n{}\n"),
      flux::example("pick(user.id)", "{\"user\":{\"id\":7,\"name\":\"Ann\"},\"a\":1}\n{\"user\":7}\n",
                    "{\"user\":{\"id\":7}}\n{}\n")};

  explicit Pick(Config config) : paths_(std::move(config.paths)) {}

  void describe(flux::Ports& ports) const {
    for (const flux::Member& path : paths_) ports.keeps(path);
  }
  void invoke(flux::Edits&) const {}  // that some are kept is all

 private:
  std::vector<flux::Member> paths_;
};
FLUX_AGENT(Pick, "pick", "Takes all members away but the named ones", FLUX_PURE | FLUX_CONCURRENT);

class Rename : public flux::Extend {
 public:
  struct Config {
    std::vector<std::pair<flux::Member, flux::Member>> names;
  };
  static constexpr auto params = std::tuple{
      flux::param(
          "names", &Config::names,
          "old = new, one after the other; of a member of a member: user.id = user.key. A member that "
          "had the new name goes")
          .required()};
  static constexpr auto examples =
      std::array{flux::example("rename(lvl = level)", "{\"lvl\": \"info\", \"n\": 1.10}\n{\"n\": 2}\n",
                               "{\"level\": \"info\", \"n\": 1.10}\n{\"n\": 2}\n"),
                 flux::example("rename(user.id = user.key, user = who)", "{\"user\":{\"id\":7}}\n",
                               "{\"who\":{\"key\":7}}\n")};

  explicit Rename(Config config) : names_(std::move(config.names)) {
    for (const auto& [from, to] : names_) {
      flux::Member there = from;
      there.names.back() = to.names.back();
      if (there == to) continue;
      throw std::invalid_argument("a member gets a new name where it is: write " + flux::to_string(from) +
                                  " = " + flux::to_string(there) + ", found " + flux::to_string(to));
    }
  }

  void describe(flux::Ports& ports) const {
    for (const auto& [from, to] : names_) ports.renames(from, to);
  }
  void invoke(flux::Edits& edits) const {
    for (std::size_t i = 0; i < edits.size(); ++i) edits.rename(i);
  }

 private:
  std::vector<std::pair<flux::Member, flux::Member>> names_;
};
FLUX_AGENT(Rename, "rename", "Gives members other names", FLUX_PURE | FLUX_CONCURRENT);

class Default : public flux::Extend {
 public:
  struct Config {
    std::vector<std::pair<flux::Member, flux::Json>> values;
  };
  static constexpr auto params = std::tuple{
      flux::param("values", &Config::values, "name = value, in JSON: level = \"info\", retries = 0")
          .required()};
  static constexpr auto examples =
      std::array{flux::example("default(level = \"info\", n = 0)", "{\"level\": null, \"n\": 1.10}\n{}\n",
                               "{\"level\": \"info\", \"n\": 1.10}\n{\"level\":\"info\",\"n\":0}\n"),
                 flux::example("default(user.id = 0)", "{\"user\":{\"name\":\"Ann\"}}\n",
                               "{\"user\":{\"name\":\"Ann\",\"id\":0}}\n")};

  explicit Default(Config config) : values_(std::move(config.values)) {}

  // For each value its member, then the objects on the way there.
  void describe(flux::Ports& ports) const {
    for (const auto& [path, value] : values_) {
      ports.wants(path);
      for (std::size_t depth = 1; depth < path.names.size(); ++depth) ports.wants(way_to(path, depth));
      ports.sets(path);
    }
  }
  void invoke(const flux::Members& members, flux::Edits& edits) const {
    std::size_t at = 0;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const auto& [path, value] = values_[i];
      const bool is_there = members[at++].has_value();
      for (std::size_t depth = 1; depth < path.names.size(); ++depth) {
        const std::optional<flux::Json> on_the_way = members[at++];
        if (is_there || !on_the_way || flux::is_object(*on_the_way)) continue;
        throw flux::Refused("member '" + flux::to_string(way_to(path, depth)) + "': wants an object, found " +
                            flux::shown(*on_the_way));
      }
      if (!is_there) edits.set(i, value);
    }
  }

 private:
  static flux::Member way_to(const flux::Member& path, std::size_t depth) {
    return {{path.names.begin(), path.names.begin() + static_cast<std::ptrdiff_t>(depth)}};
  }

  std::vector<std::pair<flux::Member, flux::Json>> values_;
};
FLUX_AGENT(Default, "default", "Sets members that are missing or null", FLUX_PURE | FLUX_CONCURRENT);

}  // namespace
