// What the signature of invoke() says of an agent: what it takes, what it gives,
// and how. Misuse ends here, in a sentence.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "expr.hpp"
#include "members.hpp"
#include "row.hpp"
#include "snapshot.hpp"
#include "value.hpp"

namespace flux {

// Base of an agent that lets events pass as they are, or not: bool invoke(In).
struct Select {};

// Base of an agent that changes members of events: it returns a record of those to
// set, or announces them in describe(Ports&) and takes flux::Edits&.
struct Extend {};

namespace detail {

enum class Form {
  map,     // Out invoke(In), Result<Out> invoke(In)
  filter,  // std::optional<Out> invoke(In)
  many,    // std::vector<Out> invoke(In), Series invoke(In)
  select,  // bool invoke(In), derived from Select
  extend,  // Out invoke(In), Result<Out> invoke(In), derived from Extend
  edit,    // void invoke(In, Edits&), derived from Extend
  fill,    // void invoke(In, Row&)
  absorb,  // void invoke(In), with a finish()
};

// Several results: what has a size and is indexed. A std::vector is one value only
// where it is an event, a member or an element.
template <class T>
concept Sequence = (!Value<T> || requires { requires Cell<T>::is_list; }) &&
                   requires(const T& results, std::size_t i) {
  { results.size() } -> std::convertible_to<std::size_t>;
  results[i];
};

// One result of what invoke() or finish() returns, and whether that is a Result.
template <class T>
struct Returned {
  using Out = T;
  static constexpr bool is_result = false;
};
template <class T>
struct Returned<Result<T>> {
  using Out = T;
  static constexpr bool is_result = true;
};
template <class T>
struct Returned<std::optional<T>> {
  using Out = T;
  static constexpr bool is_result = false;
};
template <Sequence T>
struct Returned<T> {
  using Out = std::remove_cvref_t<decltype(std::declval<const T&>()[0])>;
  static constexpr bool is_result = false;
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <bool Const, class R, class... X>
struct SignatureOf {
  static_assert(
      sizeof...(X) == 0,
      "flux: invoke() takes one event, and behind it flux::Edits& or flux::Row& or nothing; several "
      "members of an event are a struct listed by FLUX_RECORD");
  using Ret = R;
  using In = Any;
  static constexpr bool is_const = Const;
  static constexpr bool takes_event = false;
  static constexpr bool takes_edits = false;
  static constexpr bool takes_row = false;
};
template <bool Const, class R, class X>
struct SignatureOf<Const, R, X> : SignatureOf<Const, R> {
  using In = std::remove_cvref_t<X>;
  static constexpr bool takes_event = true;
  static_assert(!std::is_lvalue_reference_v<X> || std::is_const_v<std::remove_reference_t<X>>,
                "flux: invoke() takes its event by value or by const reference");
};
template <bool Const, class R>
struct SignatureOf<Const, R, Edits&> : SignatureOf<Const, R> {
  static constexpr bool takes_edits = true;
};
template <bool Const, class R>
struct SignatureOf<Const, R, Row&> : SignatureOf<Const, R> {
  static constexpr bool takes_row = true;
};
template <bool Const, class R, class X>
struct SignatureOf<Const, R, X, Edits&> : SignatureOf<Const, R, X> {
  static constexpr bool takes_edits = true;
};
template <bool Const, class R, class X>
struct SignatureOf<Const, R, X, Row&> : SignatureOf<Const, R, X> {
  static constexpr bool takes_row = true;
};

template <class F>
struct Signature;
template <class A, class R, class... X>
struct Signature<R (A::*)(X...)> : SignatureOf<false, R, X...> {};
template <class A, class R, class... X>
struct Signature<R (A::*)(X...) const> : SignatureOf<true, R, X...> {};
template <class A, class R, class... X>
struct Signature<R (A::*)(X...) noexcept> : SignatureOf<false, R, X...> {};
template <class A, class R, class... X>
struct Signature<R (A::*)(X...) const noexcept> : SignatureOf<true, R, X...> {};
template <class F>
requires std::is_pointer_v<F>
struct Signature<F> : SignatureOf<false, void> {
  static_assert(!std::is_pointer_v<F>, "flux: invoke() is a member function, and not static");
};

template <class A>
concept Configured = requires {
  typename A::Config;
  A::params;
};
template <class A>
concept Describes = requires(A& agent, Ports& ports) {
  agent.describe(ports);
};
template <class A>
concept Finishes = requires(A& agent) {
  agent.finish();
};
template <class A>
concept Merges = requires(A& agent, A& other) {
  agent.merge(std::move(other));
};
template <class A>
concept Saves = requires(const A& agent, Writer& to) {
  agent.save(to);
};
template <class A>
concept Ends = requires(const A& agent) {
  { agent.is_done() } -> std::same_as<bool>;
};

template <class A, class Sig>
constexpr Form form_of() {
  using Ret = typename Sig::Ret;
  if (std::is_base_of_v<Select, A>) return Form::select;
  if (Sig::takes_edits) return Form::edit;
  if (Sig::takes_row) return Form::fill;
  if (std::is_base_of_v<Extend, A>) return Form::extend;
  if (std::is_void_v<Ret>) return Form::absorb;
  if (is_optional<Ret>) return Form::filter;
  return Sequence<Ret> ? Form::many : Form::map;
}

template <class A>
struct Traits : Signature<decltype(&A::invoke)> {
  using Sig = Signature<decltype(&A::invoke)>;
  using typename Sig::In;
  using typename Sig::Ret;

  static constexpr Form form = form_of<A, Sig>();

  // One result: of invoke(), or where that gives none, of finish().
  static auto out_of() {
    if constexpr (!std::is_void_v<Ret>) {
      return std::type_identity<typename Returned<Ret>::Out>{};
    } else if constexpr (Finishes<A>) {
      return std::type_identity<typename Returned<decltype(std::declval<A&>().finish())>::Out>{};
    } else {
      return std::type_identity<void>{};
    }
  }
  using Out = typename decltype(out_of())::type;

  // Results have columns of a fixed type.
  static constexpr bool has_columns = form != Form::select && form != Form::edit && form != Form::fill;

  // One instance does for all events, in any order.
  static constexpr bool is_stateless = !Finishes<A> && !Ends<A> && (Sig::is_const || std::is_empty_v<A>);

  static constexpr bool has_text() {
    if constexpr (Value<Out>) return TypeOf<Out>::has_text;
    return false;
  }
  static constexpr bool owns_text() {
    if constexpr (Value<Out>) return TypeOf<Out>::owns_text;
    return true;
  }
  // A result may find no room. What has state cannot be asked for it again: it is
  // held, so that it must own its text.
  static constexpr bool may_wait = form == Form::many || (has_columns && form != Form::absorb && has_text());
  static constexpr bool holds_back = may_wait && !is_stateless;
};

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

}  // namespace detail
}  // namespace flux
