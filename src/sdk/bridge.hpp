// From a C++ agent to the functions and the description of a flux_agent. No
// exception gets past here.
//
// Thread safety: as the tags in flux_plugin.h say; an agent with a const invoke()
// may be registered with FLUX_CONCURRENT, and is then shared by threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "finish.hpp"
#include "flux_plugin.h"
#include "param.hpp"
#include "process.hpp"
#include "rules.hpp"
#include "signature.hpp"
#include "snapshot.hpp"

namespace flux {

// Shown by `flux agents NAME`, and run by a test. Input and output are lines.
constexpr flux_example example(const char* pipeline, const char* input, const char* output) {
  return {sizeof(flux_example), pipeline, input, output};
}

namespace detail {

struct None {};

// All that one instance holds.
template <class A>
struct Instance : Running<A> {
  using Running<A>::Running;
  [[no_unique_address]] std::conditional_t<Describes<A>, Ports, None> ports;
  [[no_unique_address]]
  typename std::conditional_t<Finishes<A>, std::type_identity<Finishing<A>>, std::type_identity<None>>::type
      finishing;
};

template <class A>
struct Bridge {
  using Self = Instance<A>;
  static Self& self_of(void* self) { return *static_cast<Self*>(self); }

  static void* create(const flux_agent*, const flux_host*, [[maybe_unused]] const flux_value* values,
                      flux_error* err) noexcept {
    Self* made = nullptr;
    guarded(err, [&] {
      if constexpr (Configured<A>) {
        made = new Self(config_from<A>(values));
      } else {
        made = new Self();
      }
    });
    return made;
  }

  static void destroy(void* self) noexcept { delete static_cast<Self*>(self); }

  static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) noexcept {
    return process_rows<A>(self_of(self), *in, *out, *err);
  }

  static flux_status describe(void* self, flux_ports* ports, flux_error* err) noexcept {
    const bool done = guarded(err, [&] {
      Ports& own = self_of(self).ports;
      using In = typename Traits<A>::In;
      if constexpr (Bare<In>) {
        own = Ports(ports->given, Cell<In>::kind);
      } else {
        own = Ports(ports->given);
      }
      self_of(self).agent.describe(own);
      const bool takes_member = Bare<In> && own.input()->field_count != 0;
      if (takes_member || std::is_same_v<In, Members>) ports->input = own.input();
      if constexpr (Traits<A>::takes_edits || Traits<A>::takes_row) ports->output = own.output();
      if (!own.is_in_order()) return;
      if (ports->struct_size < offsetof(flux_ports, in_order) + sizeof ports->in_order) {
        throw std::runtime_error("this flux is too old to keep to the order that the agent asks for");
      }
      ports->in_order = 1;
    });
    return done ? FLUX_OK : FLUX_FAILED;
  }

  static flux_status finish(void* self, flux_out* out, flux_error* err) noexcept {
    flux_status status = FLUX_FAILED;
    guarded(err, [&] { status = self_of(self).finishing.give(self_of(self).agent, *out, *err); });
    return status;
  }

  static flux_status merge(void* self, void* other, flux_error* err) noexcept {
    const bool done = guarded(err, [&] { self_of(self).agent.merge(std::move(self_of(other).agent)); });
    return done ? FLUX_OK : FLUX_FAILED;
  }

  static void interrupt(void* self) noexcept { self_of(self).agent.interrupt(); }

  static int save(void* self, flux_writer* to, flux_error* err) noexcept {
    Writer writer(*to);
    return guarded(err, [&] { std::as_const(self_of(self).agent).save(writer); }) ? 0 : -1;
  }

  static int restore(void* self, std::uint32_t version, flux_str from, flux_error* err) noexcept {
    const bool done = guarded(err, [&] {
      if (version != state_version()) {
        throw std::runtime_error("the snapshot has state version " + std::to_string(version) +
                                 ", expected version " + std::to_string(state_version()));
      }
      Reader reader(view(from));
      self_of(self).agent.restore(reader);
      if (!reader.is_at_end()) throw std::runtime_error("the snapshot is longer than the agent's state");
    });
    return done ? 0 : -1;
  }

  // Of what save() writes: static constexpr std::uint32_t state_version, or 1.
  static constexpr std::uint32_t state_version() {
    if constexpr (requires { A::state_version; }) return A::state_version;
    return 1;
  }

  static constexpr std::uint32_t flags() {
    constexpr Form form = Traits<A>::form;
    std::uint32_t flags = 0;
    if (form == Form::map || form == Form::extend || form == Form::edit || form == Form::fill) {
      flags |= FLUX_MAP;
    }
    if (form == Form::absorb) flags |= FLUX_ABSORB;
    if (Traits<A>::is_stateless) flags |= FLUX_STATELESS;
    return flags;
  }

  static constexpr std::uint32_t result() {
    if (Traits<A>::form == Form::select) return FLUX_SELECT;
    return std::is_base_of_v<Extend, A> ? FLUX_EXTEND : FLUX_REPLACE;
  }

  static const flux_type* output() {
    if constexpr (Traits<A>::has_columns) return &TypeOf<typename Traits<A>::Out>::type;
    if constexpr (Traits<A>::takes_row) return &TypeOf<Json>::type;  // more is known in describe()
    return Traits<A>::takes_edits ? &kNothing : nullptr;
  }

  static void list_params(flux_agent& agent) {
    if constexpr (Configured<A>) {
      static const ParamList<A> list;
      agent.params = list.pointers();
      agent.param_count = static_cast<std::uint32_t>(list.size);
    }
  }

  static void list_examples(flux_agent& agent) {
    if constexpr (requires { A::examples; }) {
      static const flux_example* pointers[std::size(A::examples)];
      for (std::size_t i = 0; i < std::size(A::examples); ++i) pointers[i] = &A::examples[i];
      agent.examples = pointers;
      agent.example_count = static_cast<std::uint32_t>(std::size(A::examples));
    }
  }

  // All but name, version and summary.
  static void fill(flux_agent& agent) {
    static_assert(has_the_parts<A>());
    static_assert(follows_the_rules<A>());
    agent.struct_size = sizeof agent;
    agent.flags |= flags();
    agent.result = result();
    agent.input = &TypeOf<typename Traits<A>::In>::type;
    agent.output = output();
    list_params(agent);
    list_examples(agent);
    agent.create = create;
    agent.destroy = destroy;
    agent.process = process;
    if constexpr (Describes<A>) agent.describe = describe;
    if constexpr (Finishes<A>) agent.finish = finish;
    if constexpr (Merges<A>) agent.merge = merge;
    if constexpr (requires(A & a) { a.interrupt(); }) agent.interrupt = interrupt;
    if constexpr (Saves<A>) {
      agent.state_version = state_version();
      agent.save = save;
      agent.restore = restore;
    }
  }
};

}  // namespace detail
}  // namespace flux
