// Agents that give members of an event in its place.
#include <array>
#include <cstddef>
#include <flux/agent.hpp>
#include <flux/json_reader.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace {

class Get {
 public:
  struct Config {
    flux::Member path;
  };
  static constexpr auto params =
      std::tuple{flux::param("path", &Config::path, "The member that becomes the event").required()};
  static constexpr auto examples =
      std::array{flux::example("get(user.id)", "{\"user\":{\"id\":7}}\n{\"user\":{}}\n", "7\nnull\n"),
                 flux::example("get(tags)", "{\"tags\": [\"a\", 1.10]}\n", "[\"a\",1.10]\n")};

  explicit Get(Config config) : path_(std::move(config.path)) {}

  void describe(flux::Ports& ports) const { ports.wants(path_); }
  flux::Json invoke(const flux::Members& members) const { return members[0].value_or(flux::Json{"null"}); }

 private:
  flux::Member path_;
};
FLUX_AGENT(Get, "get", "Gives a member's value; null where there is none", FLUX_PURE | FLUX_CONCURRENT);

// A whole event is wanted with the place of a member in it: so this agent looks for
// itself.
class Unnest {
 public:
  struct Config {
    flux::Member path;
  };
  static constexpr auto params =
      std::tuple{flux::param("path", &Config::path, "The array whose elements get an event each").required()};
  static constexpr auto examples = std::array{
      flux::example("unnest(tags)", "{\"id\":7,\"tags\":[\"a\",\"b\"],\"ok\":true}\n{\"id\":8,\"tags\":[]}\n",
                    "{\"id\":7,\"tags\":\"a\",\"ok\":true}\n{\"id\":7,\"tags\":\"b\",\"ok\":true}\n"),
      flux::example("unnest(order.items) | get(order.items.sku)",
                    "{\"order\":{\"items\":[{\"sku\":\"A1\"},{\"sku\":\"B2\"}]}}\n", "\"A1\"\n\"B2\"\n")};

  explicit Unnest(Config config) : path_(std::move(config.path)) {}

  // One instance per worker, not one for all: the results are put together in its memory.
  auto invoke(flux::Json event) const {
    const flux::Json array = array_in(event);
    elements_.clear();
    flux::each_element(array, [this](flux::Json element) { elements_.push_back(element.text); });
    const auto begin = static_cast<std::size_t>(array.text.data() - event.text.data());
    const std::string_view before = event.text.substr(0, begin);
    const std::string_view after = event.text.substr(begin + array.text.size());
    return flux::Series(elements_.size(), [this, before, after](std::size_t i) {
      result_.clear();
      result_ += before;
      result_ += elements_[i];
      result_ += after;
      return flux::Json{result_};
    });
  }

 private:
  flux::Json array_in(flux::Json event) const {
    const std::optional<flux::Json> found = flux::find(event, path_);
    if (!found) throw flux::Refused("member '" + to_string(path_) + "' is missing, and an array is wanted");
    if (flux::is_array(*found)) return *found;
    throw flux::Refused("member '" + to_string(path_) + "': wants an array, found " + shown(*found));
  }

  static std::string shown(flux::Json value) {
    if (flux::is_object(value)) return "an object";
    constexpr std::size_t kEnough = 80;  // bytes: to recognise it by
    if (value.text.size() > kEnough) return flux::is_string(value) ? "a long string" : "a long number";
    return std::string(value.text);
  }

  flux::Member path_;
  mutable std::vector<std::string_view> elements_;
  mutable std::string result_;
};
FLUX_AGENT(Unnest, "unnest", "Gives an event for each element of an array, in the array's place", FLUX_PURE);

}  // namespace
