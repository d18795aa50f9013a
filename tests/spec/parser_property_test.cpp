// Laws of the parser, on specs made at random. A failure prints its seed: set
// FLUX_SEED to run that one again.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "spec/parser.hpp"

using flux::spec::AgentCall;
using flux::spec::Argument;
using flux::spec::FluxSpec;
using flux::spec::parse;
using flux::spec::Pipeline;
using flux::spec::Setting;

namespace {

// Writes specs, with any white space in them, and knows what they must parse to.
class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  Pipeline pipeline() {
    Pipeline pipeline;
    do {
      if (!pipeline.fluxes.empty()) token("|");
      pipeline.fluxes.push_back(flux());
    } while (one_in(2));
    space();
    pipeline.text = text_;
    return pipeline;
  }

  std::string mutated(std::string text) {
    const std::string bytes =
        "|>()[]{},=\"'\\. \n\x01\xFF"
        "a1";
    for (std::size_t count = 1 + below(4); count > 0; --count) {
      const std::size_t at = below(text.size());
      if (one_in(2))
        text.erase(at, 1 + below(3));
      else
        text.insert(at, 1, bytes[below(bytes.size())]);
    }
    return text;
  }

 private:
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  std::string pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

  void space() {
    while (one_in(3)) text_ += pick({" ", "\t", "\n", "\r\n"});
  }

  flux::Span token(const std::string& text) {
    space();
    text_ += text;
    return {text_.size() - text.size(), text_.size()};
  }

  std::string value() {
    if (one_in(4)) return "[" + value() + ", " + value() + "]";
    if (one_in(6)) return "(" + value() + " == " + value() + ")";
    return pick(
        {"1", "-2.50", "x", "a.b", "\"|,)\\\"\"", "'>> {'", "{\"k\": [1, null]}", "a || b", "é", "1 == 2"});
  }

  FluxSpec flux() {
    FluxSpec flux;
    do {
      if (!flux.agents.empty()) token(">>");
      flux.agents.push_back(agent());
    } while (one_in(3));
    flux.span = {flux.agents.front().span.begin, flux.agents.back().span.end};
    if (one_in(2)) return flux;
    token("{");
    for (std::size_t i = 0; i == 0 || one_in(2); ++i) flux.settings.push_back(setting(i));
    flux.span.end = token("}").end;
    return flux;
  }

  AgentCall agent() {
    AgentCall call;
    call.name = pick({"double", "std.head", "a-b", "_x1"});
    call.name_span = call.span = token(call.name);
    if (one_in(2)) return call;
    token("(");
    while (one_in(2)) call.arguments.push_back(argument(call.arguments.empty()));
    call.span.end = token(")").end;
    return call;
  }

  Argument argument(bool is_first) {
    if (!is_first) token(",");
    Argument argument;
    if (one_in(2)) {
      argument.key = one_in(2) ? flux::Path{"a", "b c"} : flux::Path{"n"};
      argument.key_span = token(flux::to_string(*argument.key));
      token("=");
    }
    argument.text = value();
    argument.span = token(argument.text);
    return argument;
  }

  Setting setting(std::size_t index) {
    if (index > 0) token(",");
    Setting setting;
    setting.key = "k" + std::to_string(index);
    setting.key_span = token(setting.key);
    token("=");
    setting.value = pick({"1", "inf", "double | head(1, 2)"});
    setting.value_span = token(setting.value);
    return setting;
  }

  std::mt19937 random_;
  std::string text_;
};

template <class Law>
void for_many_seeds(Law law) {
  const char* given = std::getenv("FLUX_SEED");
  const unsigned first = given == nullptr ? std::random_device{}() : static_cast<unsigned>(std::atol(given));
  const unsigned count = given == nullptr ? 2000 : 1;
  for (unsigned seed = first; seed != first + count; ++seed) {
    INFO("FLUX_SEED=" << seed);
    law(seed);
  }
}

}  // namespace

TEST_CASE("what is written is what is read, wherever white space stands") {
  for_many_seeds([](unsigned seed) {
    const Pipeline written = Writer(seed).pipeline();
    INFO(written.text);
    REQUIRE(parse(written.text) == written);
  });
}

TEST_CASE("a damaged spec is refused with a place within it, or read with all its places right") {
  for_many_seeds([](unsigned seed) {
    Writer writer(seed);
    const std::string text = writer.mutated(writer.pipeline().text);
    INFO(text);
    try {
      const Pipeline pipeline = parse(text);
      for (const FluxSpec& flux : pipeline.fluxes)
        for (const AgentCall& agent : flux.agents)
          for (const Argument& argument : agent.arguments)
            REQUIRE(text.substr(argument.span.begin, argument.span.end - argument.span.begin) ==
                    argument.text);
    } catch (const flux::Error& error) {
      REQUIRE(error.at.has_value());
      REQUIRE(error.at->span.begin <= error.at->span.end);
      REQUIRE(error.at->span.end <= text.size());
      REQUIRE(!error.hint.empty());
    }
  });
}
