// Events as text for people.
#include <array>
#include <cstddef>
#include <flux/agent.hpp>
#include <flux/json_reader.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "template.hpp"

namespace {

class Format {
 public:
  struct Config {
    std::string text;
  };
  static constexpr auto params =
      std::tuple{flux::param("template", &Config::text,
                             "The text, with {member} and {a.member} in it; {{ and }} are braces")
                     .required()};
  static constexpr auto examples =
      std::array{flux::example("format(\"{service}: {user.name} took {ms} ms\")",
                               "{\"service\":\"api\",\"user\":{\"name\":\"Ann\"},\"ms\":1.50}\n",
                               "\"api: Ann took 1.50 ms\"\n"),
                 flux::example("format(\"{{{tags}}}\")", "{\"tags\":[\"a\",1]}\n", "\"{[\\\"a\\\",1]}\"\n")};

  explicit Format(const Config& config) : template_(config.text) {}

  void describe(flux::Ports& ports) const {
    for (const Template::Piece& piece : template_.pieces()) {
      if (!piece.member.names.empty()) ports.wants(piece.member);
    }
  }
  // One instance per worker, not one for all: the text is put together in its memory.
  flux::Result<std::string_view> invoke(const flux::Members& members) const {
    text_.clear();
    for (std::size_t i = 0; i < template_.pieces().size(); ++i) {
      const Template::Piece& piece = template_.pieces()[i];
      text_ += piece.text;
      if (piece.member.names.empty()) break;
      const std::optional<flux::Json> value = members[i];
      if (!value) return flux::Refused("member '" + to_string(piece.member) + "' is missing or null");
      if (flux::is_string(*value)) {
        flux::append_text(*value, text_);
      } else {
        text_ += value->text;
      }
    }
    return std::string_view(text_);
  }

 private:
  Template template_;
  mutable std::string text_;
};
FLUX_AGENT(Format, "format", "Makes a string of members, as a template says", FLUX_PURE);

}  // namespace
