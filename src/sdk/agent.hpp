// Write a plugin in C++: a struct with one member function, invoke(), whose
// signature says everything.
//
//   #include <flux/agent.hpp>
//
//   struct Double {
//     std::int64_t invoke(std::int64_t x) const { return flux::checked_mul(x, 2); }
//   };
//   FLUX_AGENT(Double, "double", "Doubles an integer");
//
//   Out invoke(In)                   one result per event
//   flux::Result<Out> invoke(In)     one result, or flux::Refused{"why"}
//   std::optional<Out> invoke(In)    one result or none
//   std::vector<Out> invoke(In)      several; flux::Series makes them one by one
//   bool invoke(In)                  of a flux::Select: the event itself goes on, or not
//   Out invoke(In)                   of a flux::Extend: the event with these members set
//   void invoke(In, flux::Edits&)    of a flux::Extend: members named in describe()
//   void invoke(In, flux::Row&)      a new event of the members named in describe()
//   void invoke(In)                  absorbs; finish() gives the results
//
// In and Out are
//
//   std::int64_t, double, bool, std::string_view, std::string, flux::Json
//   flux::JsonText (Out)             text of JSON that the agent put together itself
//   a struct listed by FLUX_RECORD   an object with these members, see record.hpp
//   an enum listed by FLUX_ENUM      one of these strings, see enum.hpp
//   a std::vector of one (In)        an array; as a member too, see nested.hpp
//   a std::variant of them (Out)     an event of either
//   what nlohmann serialises         with <flux/nlohmann.hpp>
//
// In may also be left out, flux::Any, flux::Members with describe(flux::Ports&), which
// may also say that a bare In is a member, or flux::Values: what expressions in the
// parameters came to. An exception fails its event alone; in a constructor or in
// finish() it ends the run.
//
// A const invoke() declares the agent stateless. An agent may also have
//
//   struct Config, params, examples     see param.hpp
//   finish()                            last results, at the end of the stream
//   bool is_done() const                true: no more is wanted, the stream ends here
//   void merge(A&&)                     joins two instances before finish()
//   void save(flux::Writer&) const, void restore(flux::Reader&)   checkpoints
//   void interrupt()                    any thread, when the run is asked to stop: makes an
//                                       invoke() that waits return, and later ones not wait
//
// flux::JsonWriter puts JSON text together; json_reader.hpp looks into it.
// <flux/testing.hpp> runs an agent over events in a test.
//
// Depends on the standard library and flux_plugin.h alone.
#pragma once

#include <array>
#include <tuple>

#include "bridge.hpp"
#include "expr.hpp"
#include "flux_plugin.h"
#include "json_writer.hpp"
#include "members.hpp"
#include "param.hpp"
#include "record.hpp"
#include "registry.hpp"
#include "snapshot.hpp"
#include "value.hpp"

#if !defined(FLUX_PLUGIN_NAME) || !defined(FLUX_PLUGIN_VERSION)
#error "define FLUX_PLUGIN_NAME and FLUX_PLUGIN_VERSION as strings, or let flux_add_plugin() of CMake do it"
#endif

// Once per library, in however many of its sources this header is.
extern "C" [[gnu::used]] inline const flux_plugin* flux_plugin_entry(void) {
  return ::flux::detail::describe_plugin(FLUX_PLUGIN_NAME, FLUX_PLUGIN_VERSION);
}

#define FLUX_DETAIL_FIRST(first, ...) first

// FLUX_AGENT(Type, "name", "summary") or, with what only the author knows,
// FLUX_AGENT(Type, "name", "summary", FLUX_PURE | FLUX_CONCURRENT).
#define FLUX_AGENT(Type, ...)                                                                                \
  static_assert(::flux::detail::has_the_parts<Type>());                                                      \
  static_assert(::flux::detail::is_name(::flux::detail::Label{__VA_ARGS__}.name),                            \
                "flux: the name of an agent is lower case letters, digits and _, and begins with a letter"); \
  static_assert(::flux::detail::may_be_told(::flux::detail::Label{__VA_ARGS__}.flags),                       \
                "flux: FLUX_AGENT is told FLUX_PURE, FLUX_CONCURRENT, FLUX_BLOCKING, FLUX_STATELESS, "       \
                "FLUX_ABSORB, FLUX_IDENTITY or FLUX_VERBATIM; invoke() says the rest");                      \
  static_assert(!((::flux::detail::Label{__VA_ARGS__}.flags) & (FLUX_STATELESS | FLUX_CONCURRENT)) ||        \
                    ::flux::detail::Traits<Type>::is_stateless,                                              \
                "flux: FLUX_STATELESS and FLUX_CONCURRENT need a const invoke()");                           \
  FLUX_ANNOUNCE(FLUX_PLUGIN_NAME, FLUX_DETAIL_FIRST(__VA_ARGS__));                                           \
  [[maybe_unused]] static ::flux::detail::Registration FLUX_DETAIL_JOIN(flux_agent_, __LINE__)(              \
      ::flux::detail::Bridge<Type>::fill, ::flux::detail::Label{__VA_ARGS__})
