// Fuzzes the config file: whatever the bytes, they are read or refused by an Error,
// and the pipeline that a config file gives is one that a spec could have given.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "spec/config.hpp"
#include "spec/parser.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const flux::spec::Environment environment = [](const std::string& name) -> std::optional<std::string> {
    if (name == "QUOTES") return "\"}, |>> ${QUOTES}";
    if (name == "BROKEN") return "\xFF";
    return {};
  };
  flux::spec::Config config;
  try {
    config = flux::spec::parse_config({reinterpret_cast<const char*>(bytes), size}, "fuzz.json", environment);
  } catch (const flux::Error& error) {
    flux::describe(error);
    return 0;
  }
  if (flux::spec::parse(config.pipeline.text).fluxes.size() != config.pipeline.fluxes.size()) std::abort();
  for (const auto& setting : config.defaults)
    flux::describe(config.error(setting.value_span, "wrong", "do better"));
  return 0;
}
