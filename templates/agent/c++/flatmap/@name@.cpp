// @name@: any number of results for each event.
#include <array>
#include <flux/agent.hpp>
#include <string>
#include <string_view>
#include <vector>

struct @Name@ {
  static constexpr auto examples = std::array{flux::example("@name@", "\"to be\"\n", "\"to\"\n\"be\"\n")};

  std::vector<std::string> invoke(std::string_view text) const {
    std::vector<std::string> words;
    for (std::size_t at = 0; (at = text.find_first_not_of(' ', at)) != std::string_view::npos;) {
      const std::size_t end = text.find(' ', at);
      words.emplace_back(text.substr(at, end - at));
      if (end == std::string_view::npos) break;
      at = end;
    }
    return words;
  }
};
FLUX_AGENT(@Name@, "@name@", "Splits texts into their words");
