// Structs as events: FLUX_RECORD lists which members of a struct are members of
// the JSON object. A std::optional member may be missing or null. Members that are not
// listed keep what the default constructor gave them.
//
//   struct Login { std::string_view user; std::optional<std::int64_t> tries; };
//   FLUX_RECORD(Login, user, tries)
//
// Members that are enums, records and vectors: see nested.hpp.
#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>

#include "flux_plugin.h"

namespace flux::detail {

// A member of a record, by name and by pointer.
template <class R, class T>
struct RecordMember {
  using Value = T;
  flux_str name;
  T R::*pointer;
};

template <std::size_t N, class R, class T>
constexpr RecordMember<R, T> record_member(const char (&name)[N], T R::*pointer) {
  return {{name, N - 1}, pointer};
}

// FLUX_RECORD defines flux_record_members(const T*), found in T's own namespace.
template <class T>
concept Record = requires(const T* type) {
  flux_record_members(type);
};

template <Record T>
inline constexpr auto record_members = flux_record_members(static_cast<const T*>(nullptr));

template <Record T>
inline constexpr std::size_t record_size =
    std::tuple_size_v<std::remove_cvref_t<decltype(record_members<T>)>>;

}  // namespace flux::detail

// Stands after the struct, in the same namespace.
#define FLUX_RECORD(Type, ...)                                                                      \
  static_assert(                                                                                    \
      std::is_class_v<Type>,                                                                        \
      "flux: FLUX_RECORD lists members of a struct; the names of an enum are listed by FLUX_ENUM"); \
  [[maybe_unused]] constexpr auto flux_record_members(const Type*) {                                \
    return std::tuple{FLUX_DETAIL_EXPAND(FLUX_DETAIL_MEMBERS(Type, __VA_ARGS__))};                  \
  }                                                                                                 \
  [[maybe_unused]] constexpr const char* flux_record_name(const Type*) { return #Type; }

// Applies itself to the rest of the list: the preprocessor has no loop.
#define FLUX_DETAIL_MEMBERS(Type, member, ...)          \
  ::flux::detail::record_member(#member, &Type::member) \
      __VA_OPT__(, FLUX_DETAIL_MEMBERS_AGAIN FLUX_DETAIL_PARENS(Type, __VA_ARGS__))
#define FLUX_DETAIL_MEMBERS_AGAIN() FLUX_DETAIL_MEMBERS
#define FLUX_DETAIL_PARENS ()

// Rescans often enough for 80 members.
#define FLUX_DETAIL_EXPAND(...) FLUX_DETAIL_EXPAND3(FLUX_DETAIL_EXPAND3(FLUX_DETAIL_EXPAND3(__VA_ARGS__)))
#define FLUX_DETAIL_EXPAND3(...) FLUX_DETAIL_EXPAND2(FLUX_DETAIL_EXPAND2(FLUX_DETAIL_EXPAND2(__VA_ARGS__)))
#define FLUX_DETAIL_EXPAND2(...) FLUX_DETAIL_EXPAND1(FLUX_DETAIL_EXPAND1(FLUX_DETAIL_EXPAND1(__VA_ARGS__)))
#define FLUX_DETAIL_EXPAND1(...) __VA_ARGS__
