// What the signature of invoke() says of an agent: what it takes, what it gives,
// and how.
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

}  // namespace detail
}  // namespace flux
