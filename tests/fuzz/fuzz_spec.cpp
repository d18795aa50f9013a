// Fuzzes the pipeline spec: whatever the text, it is parsed or refused by an Error,
// and so is every argument in it, for every kind that could be wanted.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/error.hpp"
#include "spec/parser.hpp"
#include "spec/value.hpp"

namespace {

using flux::spec::AgentCall;
using flux::spec::Argument;
using flux::spec::FluxSpec;
using flux::spec::Pipeline;
using flux::spec::Want;

void read_in_every_way(const Argument& argument, const Pipeline& pipeline) {
  for (const Want want :
       {Want::int64, Want::float64, Want::boolean, Want::string, Want::json, Want::path, Want::expression}) {
    try {
      flux::spec::read_value(argument, want, "agent(parameter)", pipeline);
    } catch (const flux::Error& error) {
      flux::describe(error);
    }
  }
}

void check(const Argument& argument, const Pipeline& pipeline) {
  const flux::Span span = argument.span;
  if (pipeline.text.substr(span.begin, span.end - span.begin) != argument.text) std::abort();
  read_in_every_way(argument, pipeline);
  for (Argument item : flux::spec::read_list(argument, pipeline)) {
    item.from = Argument::From::config;
    read_in_every_way(item, pipeline);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  try {
    const Pipeline pipeline = flux::spec::parse({reinterpret_cast<const char*>(bytes), size});
    for (const FluxSpec& flux : pipeline.fluxes)
      for (const AgentCall& agent : flux.agents)
        for (const Argument& argument : agent.arguments) check(argument, pipeline);
  } catch (const flux::Error& error) {
    flux::describe(error);
  }
  return 0;
}
