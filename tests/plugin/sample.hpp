// A plugin described by hand, in memory, for the tests of the room `plugin`: right
// as it stands, so that a test breaks the one thing that it is about.
#pragma once

#include <array>
#include <functional>
#include <string>

#include "abi/flux_plugin.h"
#include "core/error.hpp"
#include "plugin/descriptor.hpp"

namespace sample {

// What people see of the Error that `action` throws; "" if it throws none.
inline std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const flux::Error& error) {
    return flux::describe(error);
  }
  return "";
}

inline flux_str text(std::string_view text) { return {text.data(), text.size()}; }

// One agent int -> int with a parameter and an example. Members point at each
// other, so it stays where it is.
struct Plugin {
  explicit Plugin(const char* plugin_name = "sample", const char* agent_name = "double") {
    plugin.name = plugin_name;
    agent.name = agent_name;
  }
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;

  flux::plugin::Plugin read() const { return flux::plugin::read_plugin(&plugin, "x.so"); }
  std::string refusal() const {
    return message_of([&] { read(); });
  }

  static void* create(const flux_agent*, const flux_host*, const flux_value*, flux_error*) {
    static int instance;
    return &instance;
  }
  static void destroy(void*) {}
  static flux_status process(void*, const flux_batch* in, flux_out* out, flux_error*) {
    out->rows = in->rows;
    return FLUX_OK;
  }

  flux_field field{sizeof(flux_field), FLUX_INT64, 0, {}, {}};
  flux_field other_field{sizeof(flux_field), FLUX_STRING, 0, {}, {}};
  std::array<const flux_field*, 2> fields{&field, &other_field};
  flux_type input{sizeof(flux_type), 1, fields.data(), nullptr};
  flux_type output{sizeof(flux_type), 1, fields.data(), nullptr};

  flux_value default_value{FLUX_INT64, 0, {.int64 = 2}};
  flux_param param{sizeof(flux_param), FLUX_INT64, 0, 0, "factor", "What to multiply by", &default_value};
  flux_param other_param{sizeof(flux_param), FLUX_STRING, 0, 0, "unit", "What it counts", nullptr};
  std::array<const flux_param*, 2> params{&param, &other_param};

  flux_example example{sizeof(flux_example), "double", "1\n", "2\n"};
  std::array<const flux_example*, 1> examples{&example};

  flux_agent agent{.struct_size = sizeof(flux_agent),
                   .flags = FLUX_MAP | FLUX_PURE,
                   .result = FLUX_REPLACE,
                   .state_version = 0,
                   .name = nullptr,
                   .version = "1.2.3",
                   .summary = "Doubles an integer",
                   .input = &input,
                   .output = &output,
                   .params = params.data(),
                   .examples = examples.data(),
                   .param_count = 1,
                   .example_count = 1,
                   .create = create,
                   .destroy = destroy,
                   .process = process,
                   .describe = nullptr,
                   .finish = nullptr,
                   .merge = nullptr,
                   .interrupt = nullptr,
                   .save = nullptr,
                   .restore = nullptr};
  std::array<const flux_agent*, 2> agents{&agent, &agent};
  flux_plugin plugin{FLUX_PLUGIN_MAGIC,
                     FLUX_ABI_MAJOR,
                     0,
                     sizeof(flux_plugin),
                     nullptr,
                     "0.9.0",
                     "MIT",
                     agents.data(),
                     1,
                     nullptr};
};

}  // namespace sample
