// The rules for agents. Misuse ends here, in a sentence.
#pragma once

#include <concepts>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "members.hpp"
#include "signature.hpp"
#include "snapshot.hpp"
#include "value.hpp"

namespace flux::detail {

// What invoke() may take and give, for messages.
#define FLUX_DETAIL_TYPES                                                                       \
  "a std::int64_t, double, bool, std::string_view, std::string, flux::Json, an enum listed by " \
  "FLUX_ENUM, a struct listed by FLUX_RECORD, or with <flux/nlohmann.hpp> what nlohmann serialises"

// The rules that need no signature. Every rule of the SDK has its sentence, here or
// below; so that a mistake shows as one of these, ahead of the templates' own.
template <class A>
consteval bool has_the_parts() {
  static_assert(
      requires { &A::invoke; },
      "flux: an agent has one public member function invoke(), neither overloaded nor a template");
  static_assert(!(std::is_base_of_v<Select, A> && std::is_base_of_v<Extend, A>),
                "flux: an agent is derived from flux::Select or from flux::Extend, not from both");
  constexpr bool has_params = requires { A::params; };
  constexpr bool has_config = requires { typename A::Config; };
  static_assert(has_params == has_config,
                "flux: an agent with parameters has both a struct Config and a list of params, both public");
  if constexpr (has_params && has_config) {
    static_assert(
        requires { std::tuple_size<std::remove_cvref_t<decltype(A::params)>>::value; },
        "flux: params is a std::tuple of flux::param(name, &Config::member, summary)");
    static_assert(std::is_constructible_v<A, typename A::Config>,
                  "flux: an agent with a Config and params has a constructor that takes the Config");
  } else if constexpr (!has_params && !has_config) {
    static_assert(
        std::is_default_constructible_v<A>,
        "flux: an agent without parameters has a default constructor; parameters are a struct Config "
        "and a list of params");
  }
  static_assert(
      !requires(A & agent) { agent.is_done(); } || Ends<A>,
      "flux: an agent ends the stream with bool is_done() const");
  constexpr bool has_save = requires(A & agent, Writer & to) { agent.save(to); };
  constexpr bool has_restore = requires(A & agent, Reader & from) { agent.restore(from); };
  static_assert(has_save == has_restore && has_save == Saves<A>,
                "flux: checkpoints need save(flux::Writer&) const and restore(flux::Reader&)");
  static_assert(
      Merges<A> || !requires { &A::merge; },
      "flux: merge() takes another instance of the same agent: void merge(A&&)");
  static_assert(!Merges<A> || Finishes<A>,
                "flux: merge() joins instances before finish(): without a finish() there is nothing to join");
  static_assert(
      Describes<A> || !requires { &A::describe; }, "flux: members are named in describe(flux::Ports&)");
  return true;
}

template <class A>
consteval bool follows_the_rules() {
  using T = Traits<A>;
  using In = typename T::In;
  using Out = typename T::Out;
  constexpr bool is_selector = std::is_base_of_v<Select, A>;
  constexpr bool is_extender = std::is_base_of_v<Extend, A>;

  static_assert(
      Value<In> || std::is_same_v<In, Any> || std::is_same_v<In, Members> || std::is_same_v<In, Values>,
      "flux: invoke() takes " FLUX_DETAIL_TYPES
      ", a std::vector of one, flux::Any, flux::Members, or "
      "flux::Values");
  static_assert(T::form != Form::absorb || Finishes<A>,
                "flux: void invoke(In) absorbs events, and so needs a finish() that gives the results");
  static_assert(!T::has_columns || Value<Out>,
                "flux: an agent gives " FLUX_DETAIL_TYPES ", flux::JsonText, or a std::variant of them");
  static_assert(!is_selector || std::is_same_v<typename T::Ret, bool>,
                "flux: an agent derived from flux::Select has bool invoke(In)");
  static_assert(!T::takes_edits || (is_extender && std::is_void_v<typename T::Ret>),
                "flux: void invoke(In, flux::Edits&) needs an agent derived from flux::Extend");
  static_assert(
      !T::takes_row || (!is_extender && !is_selector && std::is_void_v<typename T::Ret>),
      "flux: an agent with void invoke(In, flux::Row&) is neither a flux::Extend nor a flux::Select");
  static_assert(
      !(T::takes_edits || T::takes_row) || T::is_const,
      "flux: an invoke() that takes flux::Edits or flux::Row is const: it may be asked twice for one event");
  static_assert(!(is_extender && !T::takes_edits) || Record<Out>,
                "flux: an agent derived from flux::Extend returns a struct listed by FLUX_RECORD, or takes "
                "flux::Edits&");
  static_assert(!is_extender || !is_optional<typename T::Ret>,
                "flux: an agent derived from flux::Extend gives one result per event: make its members "
                "std::optional");
  static_assert(
      !(std::is_same_v<In, Members> || T::takes_edits || T::takes_row) || Describes<A>,
      "flux: flux::Members, flux::Edits and flux::Row need a describe(flux::Ports&) that names the members");
  if constexpr (Finishes<A>) {
    using Last = typename Returned<decltype(std::declval<A&>().finish())>::Out;
    static_assert(
        T::has_columns && std::is_same_v<Last, Out>,
        "flux: finish() gives what invoke() gives: an Out, a std::optional<Out> or a std::vector<Out>");
  }
  static_assert(!T::holds_back || T::owns_text(),
                "flux: a result of an agent with state may have to wait for room: give std::string or "
                "flux::JsonText, not a view, or make invoke() const");
  static_assert(!(T::holds_back && T::form == Form::many) || !std::is_reference_v<typename T::Ret>,
                "flux: an agent with state returns its results by value");
  return true;
}

}  // namespace flux::detail
