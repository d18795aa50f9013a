// Events of a test as the columns of a flux_batch: the members that the agent takes, and
// what the expressions among its parameters come to.
//
// Part of testing.hpp. Thread safety: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "testing_arguments.hpp"
#include "testing_json.hpp"

namespace flux::testing::detail {

// One column, wide enough for any kind.
struct Cells {
  explicit Cells(std::size_t rows) : bytes(2 * rows + 1), present(rows) {}
  template <class T>
  T& at(std::size_t row) {
    return reinterpret_cast<T*>(bytes.data())[row];
  }
  std::vector<std::uint64_t> bytes;
  std::vector<std::uint8_t> present;
};

class Rows {
 public:
  struct Row {
    std::size_t event;
    std::string text;
    std::vector<std::string> values;  // one per column: text of JSON, or of the string
    std::vector<bool> present;
  };

  // REQUIRES: all outlive this.
  Rows(const flux_agent& agent, const flux_type& input, const Arguments& arguments)
      : input_(input),
        expressions_(arguments.expressions()),
        wants_object_(agent.result == FLUX_EXTEND ||
                      (input.field_count != 0 && input.fields[0]->path.size != 0)) {}

  std::size_t size() const { return rows_.size(); }
  const Row& operator[](std::size_t row) const { return rows_[row]; }
  void clear() { rows_.clear(); }

  // Throws what fails the event.
  void take(const std::string& literal, std::size_t event) {
    auto text = compact(literal);
    if (!text) throw Refused("not JSON: " + literal);
    Row row{event, *std::move(text), {}, {}};
    if (wants_object_ && !is_object(Json{row.text})) {
      throw Refused("wants an object, found " + shown(Json{row.text}));
    }
    for (std::uint32_t c = 0; c < input_.field_count; ++c) take_member(*input_.fields[c], row);
    for (const Expression& expression : expressions_) take_value(expression, row);
    rows_.push_back(std::move(row));
  }

  // `count` of them from `begin` on. Valid until the next call.
  flux_batch batch(std::size_t begin, std::size_t count, std::uint64_t cursor) {
    cells_.clear();
    columns_.clear();
    for (std::uint32_t c = 0; c < input_.field_count; ++c) fill(c, input_.fields[c]->kind, begin, count);
    std::uint32_t c = input_.field_count;
    for (const Expression& expression : expressions_) fill(c++, expression.kind, begin, count);
    return {sizeof(flux_batch), c, columns_.data(), count, cursor};
  }

 private:
  static std::string checked(Json json, std::uint32_t kind, const Place& place) {
    if (kind == FLUX_INT64) flux::detail::decode<std::int64_t>(json, place);
    if (kind == FLUX_DOUBLE) flux::detail::decode<double>(json, place);
    if (kind == FLUX_BOOL) flux::detail::decode<bool>(json, place);
    if (kind == FLUX_STRING) return flux::detail::decode<std::string>(json, place);
    return std::string(json.text);
  }
  static void take_member(const flux_field& field, Row& row) {
    const Member member = flux::detail::member_of(field.path);
    const std::string path = to_string(member);
    static constexpr Place kTop;
    const Place place = path.empty() ? Place{} : Place{&kTop, path};
    const auto found = find(Json{row.text}, member);
    const bool optional = (field.flags & FLUX_FIELD_OPTIONAL) != 0;
    row.present.push_back(found && !(optional && found->text == "null"));
    std::string& value = row.values.emplace_back();
    if (row.present.back()) {
      value = checked(*found, field.kind, place);
    } else if (!optional) {
      static constexpr const char* kNames[] = {"", "int", "float", "bool", "string", "json"};
      throw Refused("member '" + path + "' is missing, and " + kNames[field.kind] + " is wanted");
    }
  }
  static void take_value(const Expression& expression, Row& row) {
    const std::string value = expression.value(Json{row.text});
    // Of any kind but json, null is no value.
    const bool is_there = expression.kind == FLUX_JSON || value != "null";
    row.present.push_back(is_there);
    static constexpr Place kTop;
    row.values.push_back(is_there ? checked(Json{value}, expression.kind, Place{&kTop, expression.text})
                                  : "");
  }

  void fill(std::uint32_t c, std::uint32_t kind, std::size_t begin, std::size_t count) {
    Cells& cells = cells_.emplace_back(count);
    for (std::size_t i = 0; i < count; ++i) {
      const Row& row = rows_[begin + i];
      cells.present[i] = row.present[c];
      if (!row.present[c]) continue;
      const std::string& text = row.values[c];
      if (kind == FLUX_INT64) cells.at<std::int64_t>(i) = flux::detail::decode<std::int64_t>(Json{text}, {});
      if (kind == FLUX_DOUBLE) cells.at<double>(i) = flux::detail::decode<double>(Json{text}, {});
      if (kind == FLUX_BOOL) cells.at<std::uint8_t>(i) = text == "true";
      if (kind == FLUX_STRING || kind == FLUX_JSON) cells.at<flux_str>(i) = str(text);
    }
    columns_.push_back({cells.bytes.data(), cells.present.data()});
  }

  const flux_type& input_;
  const std::deque<Expression>& expressions_;
  const bool wants_object_;
  std::vector<Row> rows_;
  std::deque<Cells> cells_;
  std::vector<flux_column> columns_;
};

}  // namespace flux::testing::detail
