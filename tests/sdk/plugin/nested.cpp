// Agents for tests of the command line: what members may be besides bare values.
#include <flux/nlohmann.hpp>

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace {

enum class Level { debug, info, error };
FLUX_ENUM(Level, debug, info, error)

struct Address {
  std::string city;
  std::optional<std::int64_t> zip;
};
FLUX_RECORD(Address, city, zip)

struct User {
  std::string name;
  Level level;
  Address home;
  std::vector<std::string> tags;
  std::optional<std::vector<Address>> others;
  std::optional<std::vector<std::optional<double>>> scores;
};
FLUX_RECORD(User, name, level, home, tags, others, scores)

struct Same {
  User invoke(const User& user) const { return user; }
};
FLUX_AGENT(Same, "same_user", "Gives a user back", FLUX_PURE | FLUX_CONCURRENT);

// Has state, so that results may have to wait for room.
struct Raise {
  Level invoke(Level level) { return highest = std::max(highest, level); }
  Level highest = Level::debug;
};
FLUX_AGENT(Raise, "raise", "The highest level so far");

struct Either {
  std::variant<double, Level, Address> invoke(std::int64_t x) const {
    if (x < 0) return Level::error;
    if (x == 0) return Address{"Rome", {}};
    return static_cast<double>(x) / 2;
  }
};
FLUX_AGENT(Either, "either", "A half, a level or an address");

struct Sizes {
  std::vector<std::vector<std::int64_t>> invoke(const std::vector<std::vector<std::int64_t>>& lists) const {
    return lists;
  }
};
FLUX_AGENT(Sizes, "each_list", "Gives the lists of a list");

struct Point {
  int x;
  int y;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Point, x, y)

struct Mirror {
  Point invoke(const Point& point) const { return {point.y, point.x}; }
};
FLUX_AGENT(Mirror, "mirror", "Swaps x and y");

struct Shape {
  std::vector<Point> corners;
  std::optional<std::map<std::string, double>> sizes;
};
FLUX_RECORD(Shape, corners, sizes)

struct Draw {
  Shape invoke(const Shape& shape) const { return shape; }
};
FLUX_AGENT(Draw, "draw", "Gives a shape back");

struct Tree {
  nlohmann::json invoke(nlohmann::json event) const { return event; }
};
FLUX_AGENT(Tree, "tree", "Gives any value back by way of nlohmann");

class Least {
 public:
  struct Config {
    Level least = Level::info;
  };
  static constexpr auto params = std::tuple{flux::param("least", &Config::least, "The lowest level to keep")};
  explicit Least(Config config) : config_(config) {}
  std::optional<Level> invoke(Level level) const {
    if (level < config_.least) return {};
    return level;
  }

 private:
  Config config_;
};
FLUX_AGENT(Least, "least", "Keeps levels from one on");

}  // namespace
