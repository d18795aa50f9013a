// Members that are known only once the parameters are: has(user, id), drop(a.b).
// The agent names them in describe(Ports&), in order, and then meets them by that
// number: what it wants in Members, what it changes in Edits.
//
// Ports lives as long as its agent; Members and Edits for one invoke().
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
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

}  // namespace detail

// What an instance wants of an event and changes on it.
class Ports {
 public:
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

  const flux_type* input() const { return input_.type(); }
  const flux_type* output() const { return output_.type(); }

 private:
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
