// Loads, and then its agents let C++ exceptions out of the functions of the ABI, one
// each: what the SDK prevents, and who writes the functions himself may forget.
#include <flux/flux_plugin.h>

#include <cstring>
#include <stdexcept>

namespace {

int no_state;

void* create(const flux_agent*, const flux_host*, const flux_value*, flux_error*) { return &no_state; }
void destroy(void*) {}

// Gives back each integer as it is; `on_3` is called before a 3 is given back.
template <void (*on_3)()>
flux_status process(void*, const flux_batch* in, flux_out* out, flux_error*) {
  const auto* values = static_cast<const std::int64_t*>(in->columns[0].data);
  for (std::size_t row = 0; row < in->rows; ++row) {
    if (values[row] == 3) on_3();
    static_cast<std::int64_t*>(out->columns[0].data)[row] = values[row];
  }
  out->rows = in->rows;
  return FLUX_OK;
}

void do_nothing() {}
void throw_error() { throw std::runtime_error("I cannot count to 3"); }
void throw_int() { throw 3; }

void* create_throws(const flux_agent*, const flux_host*, const flux_value*, flux_error*) {
  throw std::runtime_error("not today");
}
void destroy_throws(void*) { throw std::runtime_error("over my dead body"); }
flux_status describe_throws(void*, flux_ports*, flux_error*) { throw std::runtime_error("words fail me"); }
flux_status finish_throws(void*, flux_out*, flux_error*) { throw std::runtime_error("no end"); }
flux_status finish_nothing(void*, flux_out*, flux_error*) { return FLUX_OK; }
flux_status merge_throws(void*, void*, flux_error*) { throw std::runtime_error("we are not alike"); }

int save_throws(void*, flux_writer*, flux_error*) { throw std::runtime_error("not on paper"); }
int save_nothing(void*, flux_writer*, flux_error*) { return 0; }
int restore_throws(void*, std::uint32_t, flux_str, flux_error*) {
  throw std::runtime_error("no memory of it");
}
int restore_nothing(void*, std::uint32_t, flux_str, flux_error*) { return 0; }

const flux_field integer{sizeof(flux_field), FLUX_INT64, 0, {}, {}};
const flux_field* const integers[] = {&integer};
const flux_type bare_integer{sizeof(flux_type), 1, integers, nullptr};

flux_agent agent(const char* name, decltype(flux_agent::process) function) {
  flux_agent made{};
  made.struct_size = sizeof made;
  made.flags = FLUX_MAP;
  made.name = name;
  made.version = "1.0.0";
  made.summary = "Lets an exception out";
  made.input = made.output = &bare_integer;
  made.create = create;
  made.destroy = destroy;
  made.process = function;
  return made;
}

}  // namespace

extern "C" const flux_plugin* flux_plugin_entry() {
  static flux_agent all[] = {
      agent("process_throws", process<throw_error>), agent("process_throws_int", process<throw_int>),
      agent("create_throws", process<do_nothing>),   agent("destroy_throws", process<do_nothing>),
      agent("describe_throws", process<do_nothing>), agent("finish_throws", process<do_nothing>),
      agent("merge_throws", process<do_nothing>),    agent("save_throws", process<do_nothing>),
      agent("restore_throws", process<do_nothing>)};
  all[2].create = create_throws;
  all[3].destroy = destroy_throws;
  all[4].describe = describe_throws;
  all[5].finish = finish_throws;
  all[6].finish = finish_nothing;
  all[6].merge = merge_throws;
  for (flux_agent* const it : {&all[7], &all[8]}) {
    it->state_version = 1;
    it->save = save_nothing;
    it->restore = restore_nothing;
  }
  all[7].save = save_throws;
  all[8].restore = restore_throws;
  static const flux_agent* const agents[] = {&all[0], &all[1], &all[2], &all[3], &all[4],
                                             &all[5], &all[6], &all[7], &all[8]};
  static const flux_plugin plugin{FLUX_PLUGIN_MAGIC,
                                  FLUX_ABI_MAJOR,
                                  FLUX_TARGET_MINOR,
                                  sizeof(flux_plugin),
                                  "throws",
                                  "1.0.0",
                                  nullptr,
                                  agents,
                                  9,
                                  nullptr};
  return &plugin;
}
