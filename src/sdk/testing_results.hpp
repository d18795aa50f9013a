// Room for the results of one call, and the lines that they are.
//
// Part of testing.hpp. Thread safety: none.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "testing_json.hpp"
#include "testing_rows.hpp"

namespace flux::testing {

// How much one call may give. An agent that wants more is called again.
struct Room {
  std::size_t results = 0;                                     // 0: as many as it gets events
  std::size_t text = std::numeric_limits<std::size_t>::max();  // bytes
};

namespace detail {

class Results {
 public:
  // REQUIRES: `agent` and `output`, if there is one, outlive this.
  Results(const flux_agent& agent, const flux_type* output) : agent_(agent), output_(output) {}
  Results(const Results&) = delete;
  Results& operator=(const Results&) = delete;

  // For one call, with `rows` events.
  flux_out& make_room(std::size_t rows, std::size_t capacity, std::size_t text) {
    cells_.clear();
    columns_.clear();
    texts_.clear();
    failed_.clear();
    text_left_ = text;
    origin_.assign(capacity, 0);
    const std::uint32_t count = output_ != nullptr ? output_->field_count : 0;
    for (std::uint32_t c = 0; c < count; ++c) {
      Cells& cells = cells_.emplace_back(capacity);
      const bool may_miss =
          agent_.result == FLUX_EXTEND || (output_->fields[c]->flags & FLUX_FIELD_OPTIONAL) != 0;
      if (!may_miss) std::fill(cells.present.begin(), cells.present.end(), std::uint8_t{FLUX_PRESENT});
      columns_.push_back({cells.bytes.data(), may_miss ? cells.present.data() : nullptr});
    }
    out_ = {sizeof out_, count, columns_.data(), origin_.data(), capacity, 0, rows,
            0,           this,  nullptr,         nullptr,        0};
    out_.text = [](flux_out* out, std::size_t size) { return static_cast<Results*>(out->ctx)->text(size); };
    out_.fail = [](flux_out* out, std::size_t row, flux_reason, flux_str message) {
      static_cast<Results*>(out->ctx)->failed_.emplace_back(row, view(message));
    };
    return out_;
  }

  std::size_t size() const { return out_.rows; }
  // The input row of result `r`.
  std::size_t origin(std::size_t r) const { return (agent_.flags & FLUX_MAP) != 0 ? r : origin_[r]; }
  // Input rows, and why they failed.
  const std::vector<std::pair<std::size_t, std::string>>& failed() const { return failed_; }

  // Result `r`, of `event`. Throws what fails it.
  std::string line(std::size_t r, const std::string& event) {
    if (agent_.result == FLUX_SELECT) return event;
    return agent_.result == FLUX_EXTEND ? extended(r, event) : replaced(r);
  }
  // Of finish().
  std::string last_line(std::size_t r) { return replaced(r); }

 private:
  static Names names_of(flux_path path) { return flux::detail::member_of(path).names; }

  char* text(std::size_t size) {
    if (size > text_left_) return nullptr;
    text_left_ -= size;
    return texts_.emplace_back(size, '?').data();
  }
  std::string cell(std::uint32_t c, std::size_t row) {
    JsonWriter json;
    Cells& cells = cells_[c];
    const std::uint32_t kind = output_->fields[c]->kind;
    if (kind == FLUX_INT64) json.value(cells.at<std::int64_t>(row));
    if (kind == FLUX_DOUBLE) json.value(cells.at<double>(row));
    if (kind == FLUX_BOOL) json.value(cells.at<std::uint8_t>(row) != 0);
    if (kind == FLUX_STRING) json.value(view(cells.at<flux_str>(row)));
    if (kind != FLUX_JSON) return json.take();
    auto text = compact(view(cells.at<flux_str>(row)));
    if (!text)
      throw std::runtime_error("the result is not JSON: " + std::string(view(cells.at<flux_str>(row))));
    return *std::move(text);
  }
  std::string replaced(std::size_t row) {
    if (output_->field_count == 1 && output_->fields[0]->path.size == 0) return cell(0, row);
    Object object("{}");
    for (std::uint32_t c = 0; c < output_->field_count; ++c) {
      if (cells_[c].present[row] != FLUX_PRESENT) continue;
      object.set(names_of(output_->fields[c]->path), 0, cell(c, row));
    }
    return object.text();
  }
  std::string extended(std::size_t row, const std::string& event) {
    Object object(event);
    std::vector<Names> kept;
    for (std::uint32_t c = 0; c < output_->field_count; ++c) {
      const flux_field& field = *output_->fields[c];
      if ((field.flags & FLUX_FIELD_KEPT) != 0) kept.push_back(names_of(field.path));
    }
    if (!kept.empty()) object.keep(kept, 0);
    for (std::uint32_t c = 0; c < output_->field_count; ++c) {
      const flux_field& field = *output_->fields[c];
      const Names path = names_of(field.path);
      const std::uint8_t what = cells_[c].present[row];
      if (what == FLUX_PRESENT) object.set(path, 0, cell(c, row));
      if (what == FLUX_REMOVED) object.remove(path, 0);
      if (what == FLUX_RENAMED) object.rename(path, 0, names_of(field.to).back());
    }
    return object.text();
  }

  const flux_agent& agent_;
  const flux_type* const output_;
  std::deque<Cells> cells_;
  std::vector<flux_out_column> columns_;
  std::vector<std::uint32_t> origin_;
  std::deque<std::string> texts_;
  std::size_t text_left_ = 0;
  std::vector<std::pair<std::size_t, std::string>> failed_;
  flux_out out_{};
};

}  // namespace detail
}  // namespace flux::testing
