// Members that are known only once the parameters are: has(user, id), drop(a.b).
// The agent names them in describe(Ports&), in order, and then meets them by that
// number: what it wants in Members, what it changes in Edits, what it gives in Row.
//
// Ports lives as long as its agent; Members, Edits and Row for one invoke().
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "column.hpp"
#include "flux_plugin.h"
#include "row.hpp"
#include "value.hpp"

namespace flux {

namespace detail {

// A path of names with an owner.
class OwnedPath {
 public:
  explicit OwnedPath(Member member) : member_(std::move(member)) {
    for (const std::string& name : member_.names) names_.push_back(str(name));
  }
  OwnedPath(const OwnedPath&) = delete;
  OwnedPath& operator=(const OwnedPath&) = delete;
  flux_path path() const { return {names_.data(), names_.size()}; }

 private:
  Member member_;
  std::vector<flux_str> names_;
};

// A type that grows field by field. A deque, because flux keeps the addresses.
class OwnedType {
 public:
  void add(flux_kind kind, std::uint32_t flags, const Member& path, const Member& to = {}) {
    const OwnedPath& from = paths_.emplace_back(path);
    const OwnedPath& target = paths_.emplace_back(to);
    fields_.push_back({sizeof(flux_field), kind, flags, from.path(), target.path()});
    pointers_.push_back(&fields_.back());
    type_ = {sizeof(flux_type), static_cast<std::uint32_t>(pointers_.size()), pointers_.data(), nullptr};
  }
  const flux_type* type() const { return &type_; }

 private:
  std::deque<OwnedPath> paths_;
  std::deque<flux_field> fields_;
  std::vector<const flux_field*> pointers_;
  flux_type type_ = kNothing;
};

// Whether events of that type may be without a member that they know.
inline bool may_be_missing(const flux_type* given, const Member& path) {
  if (given == nullptr || path.names.size() != 1) return false;
  for (std::uint32_t i = 0; i < given->field_count; ++i) {
    const flux_field& field = *given->fields[i];
    if (field.path.size == 1 && view(field.path.names[0]) == path.names[0]) {
      return (field.flags & FLUX_FIELD_OPTIONAL) != 0;
    }
  }
  return false;
}

}  // namespace detail

// What an instance wants of an event, changes on it and gives.
class Ports {
 public:
  // `given` is what the events will be, NULL if that is not known; `event` the kind of
  // bare value that the agent takes.
  explicit Ports(const flux_type* given = nullptr, flux_kind event = FLUX_JSON)
      : given_(given), event_(event) {}

  // Of an agent that takes a bare value: it is this member, not the event itself.
  // Events without it fail. At most once.
  void takes(const Member& path) {
    const bool optional = detail::may_be_missing(given_, path);
    input_.add(event_, optional ? std::uint32_t{FLUX_FIELD_OPTIONAL} : 0, path);
  }

  // The next of Members. It may be missing or null: no difference.
  void wants(const Member& path) { input_.add(FLUX_JSON, FLUX_FIELD_OPTIONAL, path); }

  // The next of Edits.
  void sets(const Member& path) { output_.add(FLUX_JSON, FLUX_FIELD_OPTIONAL, path); }
  void removes(const Member& path) { output_.add(FLUX_JSON, FLUX_FIELD_OPTIONAL, path); }
  // As soon as one member is kept, all that are not are taken away, ahead of any edit.
  void keeps(const Member& path) { output_.add(FLUX_JSON, FLUX_FIELD_OPTIONAL | FLUX_FIELD_KEPT, path); }
  void renames(const Member& path, const Member& to) {
    output_.add(FLUX_JSON, FLUX_FIELD_OPTIONAL, path, to);
  }

  // The next of Row. T is what Row::set() gets. A result may be without it.
  template <detail::InColumn T>
  void gives(const std::string& name) {
    output_.add(detail::Cell<T>::kind, FLUX_FIELD_OPTIONAL, Member{{name}});
  }

  // This instance is the only one and sees the events in their order, although the agent
  // has a merge() or a const invoke().
  void in_order() { is_in_order_ = true; }

  bool is_in_order() const { return is_in_order_; }
  const flux_type* input() const { return input_.type(); }
  const flux_type* output() const { return output_.type(); }

 private:
  const flux_type* given_;
  flux_kind event_;
  bool is_in_order_ = false;
  detail::OwnedType input_;
  detail::OwnedType output_;
};

// The members that describe() wanted, of one event.
class Members {
 public:
  Members(const flux_batch& in, std::size_t row) : in_(in), row_(row) {}
  std::size_t size() const { return in_.column_count; }
  // Nothing where the member is missing or null. REQUIRES: index < size().
  std::optional<Json> operator[](std::size_t index) const {
    return detail::ColumnReader<std::optional<Json>>(in_.columns[index])[row_];
  }

 private:
  const flux_batch& in_;
  std::size_t row_;
};

// The changes that describe() announced, on one event. What is not called for
// stays as it is. REQUIRES: index < size().
class Edits {
 public:
  Edits(flux_out& out, std::size_t row) : out_(out), row_(row) {}
  std::size_t size() const { return out_.column_count; }
  void set(std::size_t index, Json value) {
    const detail::ColumnWriter<Json> column(out_, out_.columns[index]);
    fits_ = column.write(row_, value) && fits_;
    out_.columns[index].present[row_] = FLUX_PRESENT;
  }
  void remove(std::size_t index) { out_.columns[index].present[row_] = FLUX_REMOVED; }
  void rename(std::size_t index) { out_.columns[index].present[row_] = FLUX_RENAMED; }
  // As throwing Refused does, at less cost.
  void refuse(std::string_view why) { out_.fail(&out_, row_, FLUX_REFUSED, detail::str(why)); }

  // Whether flux had room for all that was set.
  bool fits() const { return fits_; }

 private:
  flux_out& out_;
  std::size_t row_;
  bool fits_ = true;
};

// A new event: the members that describe() gives. What is not set is missing.
// REQUIRES: index < size(), and the T of Ports::gives().
class Row {
 public:
  Row(flux_out& out, std::size_t row) : out_(out), row_(row) {}
  std::size_t size() const { return out_.column_count; }
  template <detail::InColumn T>
  void set(std::size_t index, const T& value) {
    const detail::ColumnWriter<std::optional<T>> column(out_, out_.columns[index]);
    fits_ = column.write(row_, value) && fits_;
  }
  // As throwing Refused does, at less cost.
  void refuse(std::string_view why) { out_.fail(&out_, row_, FLUX_REFUSED, detail::str(why)); }

  // Whether flux had room for all that was set.
  bool fits() const { return fits_; }

 private:
  flux_out& out_;
  std::size_t row_;
  bool fits_ = true;
};

namespace detail {

template <>
struct TypeOf<Members> : TypeOf<Any> {};

template <>
class Input<Members> {
 public:
  explicit Input(const flux_batch& in) : in_(in) {}
  Members operator[](std::size_t row) const { return {in_, row}; }

 private:
  const flux_batch& in_;
};

}  // namespace detail
}  // namespace flux
