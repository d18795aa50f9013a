// Parameters: a struct Config whose members are the parameters and whose
// initialisers are their defaults, and a list that names them.
//
//   struct Config { std::int64_t window = 3; };
//   static constexpr auto params =
//       std::tuple{flux::param("window", &Config::window, "How many values to average")};
//
// A std::optional, a list or a flux::Member has no default that people see: if not
// given, the initialiser stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "column.hpp"
#include "enum.hpp"
#include "flux_plugin.h"
#include "nested.hpp"
#include "value.hpp"

namespace flux {

namespace detail {

inline Member member_of(flux_path path) {
  Member member;
  for (std::size_t i = 0; i < path.size; ++i) member.names.emplace_back(view(path.names[i]));
  return member;
}

// A parameter's C++ type: its kind, its flags, and how it is made from a value.
template <class T>
struct ParamType {
  static_assert(Plain<T> || Enum<T>,
                "flux: a parameter is a std::int64_t, double, bool, std::string, flux::Json, flux::Member, "
                "flux::Expr or "
                "an enum listed by FLUX_ENUM, a std::optional or std::vector of one, or a std::vector of "
                "std::pair<flux::Member, one>");
  static constexpr flux_kind kind = Cell<T>::kind;
  static constexpr std::uint32_t flags = 0;
  static constexpr bool has_default = true;

  static T from(const flux_value& value) {
    if constexpr (kind == FLUX_INT64) return value.as.int64;
    if constexpr (kind == FLUX_DOUBLE) return value.as.number;
    if constexpr (kind == FLUX_BOOL) return value.as.boolean != 0;
    if constexpr (Enum<T>) return Cell<T>::load(value.as.str, {});
    if constexpr (Plain<T> && Cell<T>::is_text) return Cell<T>::load(value.as.str);
  }
  static flux_value to(const T& from) {
    flux_value value{};
    value.kind = kind;
    if constexpr (kind == FLUX_INT64) value.as.int64 = from;
    if constexpr (kind == FLUX_DOUBLE) value.as.number = from;
    if constexpr (kind == FLUX_BOOL) value.as.boolean = from ? 1 : 0;
    if constexpr (Enum<T>) {
      value.as.str = str(enum_name(from));
    } else if constexpr (kind == FLUX_STRING) {
      value.as.str = str(from);
    }
    if constexpr (kind == FLUX_JSON) value.as.str = str(from.text);
    // No JSON value is empty: an empty text says that there is no default.
    if (kind == FLUX_JSON && value.as.str.size == 0) value.kind = 0;
    return value;
  }
};

// The kind of an expression's values; 0 for all other parameters.
template <class T>
constexpr flux_kind expr_kind_of() {
  if constexpr (requires { ParamType<T>::expr_kind; }) return ParamType<T>::expr_kind;
  return flux_kind{};
}

template <>
struct ParamType<Member> {
  static constexpr flux_kind kind = FLUX_PATH;
  static constexpr std::uint32_t flags = 0;
  static constexpr bool has_default = false;
  static Member from(const flux_value& value) { return member_of(value.as.path); }
};

template <class T>
struct ParamType<std::optional<T>> : ParamType<T> {
  static constexpr bool has_default = false;
};

template <class T>
struct ParamType<std::vector<T>> {
  static constexpr flux_kind kind = ParamType<T>::kind;
  static constexpr flux_kind expr_kind = expr_kind_of<T>();
  static constexpr std::uint32_t flags = FLUX_PARAM_LIST;
  static constexpr bool has_default = false;
  static std::vector<T> from(const flux_value& value) {
    if (value.is_list == 0) return {ParamType<T>::from(value)};
    std::vector<T> items;
    for (std::size_t i = 0; i < value.as.list.size; ++i) {
      items.push_back(ParamType<T>::from(value.as.list.items[i].value));
    }
    return items;
  }
};

template <class T>
struct ParamType<std::vector<std::pair<Member, T>>> {
  static constexpr flux_kind kind = ParamType<T>::kind;
  static constexpr flux_kind expr_kind = expr_kind_of<T>();
  static constexpr std::uint32_t flags = FLUX_PARAM_NAMED;
  static constexpr bool has_default = false;
  static std::vector<std::pair<Member, T>> from(const flux_value& value) {
    std::vector<std::pair<Member, T>> items;
    for (std::size_t i = 0; i < value.as.list.size; ++i) {
      const flux_item& item = value.as.list.items[i];
      items.emplace_back(member_of(item.name), ParamType<T>::from(item.value));
    }
    return items;
  }
};

template <class Config, class T>
struct Param {
  using Type = ParamType<T>;
  const char* name;
  T Config::*member;
  const char* summary;
  std::uint32_t flags;

  constexpr Param required() const { return {name, member, summary, flags | FLUX_PARAM_REQUIRED}; }

  // All positional arguments from here: pick(a, b, c).
  constexpr Param rest() const {
    static_assert(Type::flags == FLUX_PARAM_LIST, "flux: a parameter that takes the rest is a std::vector");
    return {name, member, summary, (flags & ~FLUX_PARAM_LIST) | FLUX_PARAM_REST};
  }
};

// A's Config, as its parameters' values say.
template <class A>
typename A::Config config_from(const flux_value* values) {
  typename A::Config config{};
  const auto set = [&config, &values](const auto& param) {
    const flux_value& value = *values++;
    if (value.kind != 0) config.*param.member = std::remove_cvref_t<decltype(param)>::Type::from(value);
  };
  std::apply([&set](const auto&... param) { (set(param), ...); }, A::params);
  return config;
}

// The descriptors of A's parameters. Never destroyed: flux keeps them.
template <class A>
class ParamList {
 public:
  static constexpr std::size_t size = std::tuple_size_v<std::remove_cvref_t<decltype(A::params)>>;

  ParamList() {
    std::size_t i = 0;
    std::apply([this, &i](const auto&... param) { (this->add(i++, param), ...); }, A::params);
  }
  ParamList(const ParamList&) = delete;
  ParamList& operator=(const ParamList&) = delete;

  const flux_param* const* pointers() const { return pointers_; }

 private:
  template <class T>
  void add(std::size_t i, const Param<typename A::Config, T>& param) {
    const flux_value* default_value = nullptr;
    if constexpr (ParamType<T>::has_default) {
      values_[i] = ParamType<T>::to(defaults_.*param.member);
      const bool required = (param.flags & FLUX_PARAM_REQUIRED) != 0;
      if (!required && values_[i].kind != 0) default_value = &values_[i];
    }
    params_[i] = {sizeof(flux_param), ParamType<T>::kind, expr_kind_of<T>(), param.flags,
                  param.name,         param.summary,      default_value};
    pointers_[i] = &params_[i];
  }

  typename A::Config defaults_{};
  flux_value values_[size]{};
  flux_param params_[size]{};
  const flux_param* pointers_[size]{};
};

}  // namespace detail

template <class Config, class T>
constexpr auto param(const char* name, T Config::*member, const char* summary) {
  return detail::Param<Config, T>{name, member, summary, detail::ParamType<T>::flags};
}

}  // namespace flux
