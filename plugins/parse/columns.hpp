// Formats whose parameters say which members there are: each text gives some of them
// a text.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <flux/agent.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "guess.hpp"
#include "on_text.hpp"

// What reads them: fields[i] is column i, absent where the text has none. Returns why
// the text does not fit.
using Fields = std::vector<std::optional<std::string_view>>;
template <class T>
concept ColumnReader = requires(T& reader, const T& constant, std::string_view text, Fields& fields) {
  { constant.names() } -> std::same_as<const std::vector<std::string>&>;
  { reader.read(text, fields) } -> std::same_as<std::optional<std::string>>;
};

inline void check_columns(const std::vector<std::string>& names) {
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (std::find(names.begin(), name, *name) != name) {
      throw std::invalid_argument("two columns are called '" + *name + "'");
    }
  }
}

// A new event of the columns: strings, or if `typed` any scalar. The reader writes
// into memory of its own: one instance per worker, not one for all.
template <ColumnReader Reader>
class ParseColumns : public OnText {
 public:
  ParseColumns(std::optional<flux::Member> path, Reader reader, bool typed)
      : OnText(std::move(path)), reader_(std::move(reader)), typed_(typed) {
    check_columns(reader_.names());
  }

  void describe(flux::Ports& ports) const {
    OnText::describe(ports);
    for (const std::string& name : reader_.names()) {
      if (typed_) {
        ports.gives<flux::Json>(name);
      } else {
        ports.gives<std::string_view>(name);
      }
    }
  }
  void invoke(std::string_view text, flux::Row& row) const {
    if (const auto why = reader_.read(without_newline(text), fields_)) return row.refuse(*why);
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      if (fields_[i]) set(row, i, *fields_[i]);
    }
  }

 private:
  void set(flux::Row& row, std::size_t column, std::string_view text) const {
    if (!typed_) return row.set(column, text);
    scalar_.clear();
    put_scalar(text, typed_, scalar_);
    row.set(column, flux::Json{scalar_.text()});
  }

  mutable Reader reader_;
  bool typed_;
  mutable Fields fields_;
  mutable flux::JsonWriter scalar_;
};

// The columns as an object.
template <ColumnReader Reader>
class ColumnSource {
 public:
  ColumnSource(Reader reader, bool typed) : reader_(std::move(reader)), typed_(typed) {
    check_columns(reader_.names());
  }

  std::optional<std::string> write(std::string_view text, flux::JsonWriter& to) {
    if (auto why = reader_.read(text, fields_)) return why;
    to.begin_object();
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      if (!fields_[i]) continue;
      to.key(reader_.names()[i]);
      put_scalar(*fields_[i], typed_, to);
    }
    to.end_object();
    return {};
  }

 private:
  Reader reader_;
  bool typed_;
  Fields fields_;
};
