// A registry of plugins in memory, one agent each, for pipelines that are planned and
// never run.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "plan/resolve.hpp"
#include "plugin/folder.hpp"
#include "plugin/registry.hpp"
#include "plugin/sample.hpp"
#include "spec/parser.hpp"

namespace shelf {

class Shelf {
 public:
  // The usual ones: double(factor = 2, unit) and addone (int), half (float), shout (string), keep (a
  // select), note (an extend), count (serial), id.
  Shelf() {
    sample::Plugin& twice = add("double", FLUX_INT64, FLUX_INT64);
    twice.agent.param_count = 2;
    twice.other_param.flags = FLUX_PARAM_REQUIRED;
    add("addone", FLUX_INT64, FLUX_INT64);
    add("half", FLUX_DOUBLE, FLUX_DOUBLE);
    add("shout", FLUX_STRING, FLUX_STRING);
    add("count", FLUX_JSON, FLUX_INT64).agent.flags = 0;
    add("id", FLUX_JSON, FLUX_JSON).agent.flags = FLUX_MAP | FLUX_PURE | FLUX_IDENTITY;
    sample::Plugin& keep = add("keep", FLUX_JSON, FLUX_JSON);
    keep.agent.result = FLUX_SELECT;
    keep.agent.output = nullptr;
    sample::Plugin& note = add("note", FLUX_JSON, FLUX_STRING);
    note.agent.result = FLUX_EXTEND;
    note.other_field.path = {&seen_, 1};
    sample::Plugin& tape = add("tape", FLUX_JSON, FLUX_JSON);
    tape.agent.flags |= FLUX_SOURCE;
  }

  sample::Plugin& add(const std::string& name, std::uint32_t input, std::uint32_t output) {
    const std::string file = folder_.file(name + ".so").string();
    names_.push_back(std::make_unique<std::string>(name));
    auto& plugin = plugins_[file];
    plugin = std::make_unique<sample::Plugin>("test", names_.back()->c_str());
    plugin->plugin.name = names_.back()->c_str();  // one agent each, called as its plugin
    plugin->agent.flags = FLUX_MAP | FLUX_STATELESS | FLUX_PURE;
    plugin->agent.param_count = 0;
    plugin->field.kind = input;
    plugin->other_field.kind = output;
    plugin->output.fields = plugin->fields.data() + 1;
    return *plugin;
  }

  flux::plan::Plan plan(const std::string& spec, const flux::plan::Options& options = {}) {
    if (!registry_) {
      registry_ = std::make_unique<flux::plugin::Registry>(
          [this](const std::filesystem::path& file) { return &plugins_.at(file.string())->plugin; });
      registry_->load(folder_.path());
    }
    const flux::plugin::Host host{"0.0.0", [](flux_level, std::string_view) {}};
    return make_plan(flux::spec::parse(spec), *registry_, host, options);
  }

  // What people see of the Error that a pipeline is refused with.
  std::string refusal(const std::string& spec, const flux::plan::Options& options = {}) {
    return sample::message_of([&] { plan(spec, options); });
  }

 private:
  const flux_str seen_ = sample::text("seen");
  sample::Folder folder_;
  std::vector<std::unique_ptr<std::string>> names_;
  std::map<std::string, std::unique_ptr<sample::Plugin>> plugins_;
  std::unique_ptr<flux::plugin::Registry> registry_;
};

}  // namespace shelf
