// @name@: one result for each event.
#include <array>
#include <flux/agent.hpp>
#include <string>
#include <string_view>

// The signature of invoke() says what events are and what becomes of them. An
// exception fails its event alone.
struct @Name@ {
  static constexpr auto examples = std::array{flux::example("@name@", "\"hello\"\n", "\"HELLO\"\n")};

  std::string invoke(std::string_view text) const {
    std::string loud(text);
    for (char& c : loud) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return loud;
  }
};
FLUX_AGENT(@Name@, "@name@", "Gives texts in capitals");
