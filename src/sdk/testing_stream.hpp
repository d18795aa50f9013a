// A stream of events through one instance of an agent under test, by the functions that
// flux calls.
//
// Part of testing.hpp. Thread safety: none.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "testing_arguments.hpp"
#include "testing_json.hpp"

namespace flux::testing {

struct Lines : std::vector<std::string> {
  using std::vector<std::string>::vector;
  std::string text() const {
    std::string all;
    for (const std::string& line : *this) all += line + "\n";
    return all;
  }
  friend std::ostream& operator<<(std::ostream& to, const Lines& lines) { return to << "\n" << lines.text(); }
};

template <class... Text>
Lines lines(const Text&... text) {
  return {std::string(text)...};
}

namespace detail {

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

inline Names names_of(flux_path path) { return flux::detail::member_of(path).names; }

// A stream through one instance.
class Stream {
 public:
  Stream(const flux_agent& agent, std::string_view arguments) : agent_(agent), arguments_(agent, arguments) {
    self_ = agent.create(&agent, nullptr, arguments_.values(), &err_);
    if (self_ == nullptr) throw std::runtime_error(error_);
    flux_ports ports{sizeof ports, nullptr, agent.input, agent.output, 0};
    if (agent.describe != nullptr && agent.describe(self_, &ports, &err_) != FLUX_OK) {
      agent.destroy(self_);
      throw std::runtime_error(error_);
    }
    input_ = ports.input;
    output_ = ports.output;
  }
  ~Stream() { agent_.destroy(self_); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  Lines run(const std::vector<std::string>& events, std::size_t batch) {
    for (std::size_t at = 0; at < events.size() && !ended_;) {
      rows_.clear();
      failures_.clear();
      for (const std::size_t end = std::min(at + batch, events.size()); at < end; ++at) take(events[at], at);
      if (!rows_.empty()) process();
      std::stable_sort(failures_.begin(), failures_.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; });
      for (auto& [event, line] : failures_) lines_.push_back(std::move(line));
    }
    if (agent_.finish != nullptr && !broken_) finish();
    return std::move(lines_);
  }

 private:
  struct Taken {
    std::size_t event;
    std::string text;
    std::vector<std::string> values;  // one per column: text of JSON, or of the string
    std::vector<bool> present;
  };

  void fail(std::size_t event, const std::string& why) {
    std::erase_if(failures_, [event](const auto& line) { return line.first == event; });
    failures_.emplace_back(event, "! event " + std::to_string(event + 1) + ": " + why);
  }
  bool has_failed(std::size_t event) const {
    return std::any_of(failures_.begin(), failures_.end(), [event](const auto& line) {
      return line.first == event && line.second.starts_with("! ");
    });
  }

  // An event into the rows, or among the failures.
  void take(const std::string& literal, std::size_t event) {
    const auto text = compact(literal);
    if (!text) return fail(event, "not JSON: " + literal);
    Taken row{event, *text, {}, {}};
    try {
      const bool wants_object =
          agent_.result == FLUX_EXTEND || (input_->field_count != 0 && input_->fields[0]->path.size != 0);
      if (wants_object && !is_object(Json{row.text})) {
        throw Refused("wants an object, found " + shown(Json{row.text}));
      }
      for (std::uint32_t c = 0; c < input_->field_count; ++c) read(*input_->fields[c], row);
      rows_.push_back(std::move(row));
    } catch (const Refused& why) {
      fail(event, why.what());
    }
  }
  static void read(const flux_field& field, Taken& row) {
    const Member member = flux::detail::member_of(field.path);
    const std::string path = to_string(member);
    static constexpr Place kTop;
    const Place place = path.empty() ? Place{} : Place{&kTop, path};
    const auto found = find(Json{row.text}, member);
    const bool optional = (field.flags & FLUX_FIELD_OPTIONAL) != 0;
    row.present.push_back(found && !(optional && found->text == "null"));
    std::string& value = row.values.emplace_back();
    if (!row.present.back()) {
      if (optional) return;
      static constexpr const char* kNames[] = {"", "int", "float", "bool", "string", "json"};
      throw Refused("member '" + path + "' is missing, and " + kNames[field.kind] + " is wanted");
    }
    value = found->text;
    if (field.kind == FLUX_INT64) flux::detail::decode<std::int64_t>(*found, place);
    if (field.kind == FLUX_DOUBLE) flux::detail::decode<double>(*found, place);
    if (field.kind == FLUX_BOOL) flux::detail::decode<bool>(*found, place);
    if (field.kind == FLUX_STRING) value = flux::detail::decode<std::string>(*found, place);
  }

  // The rows from `begin` on as columns.
  void fill(std::size_t begin) {
    cells_.clear();
    columns_.clear();
    for (std::uint32_t c = 0; c < input_->field_count; ++c) {
      Cells& cells = cells_.emplace_back(rows_.size() - begin);
      for (std::size_t i = begin; i < rows_.size(); ++i) {
        const std::size_t row = i - begin;
        const std::string& text = rows_[i].values[c];
        cells.present[row] = rows_[i].present[c];
        if (!rows_[i].present[c]) continue;
        const std::uint32_t kind = input_->fields[c]->kind;
        if (kind == FLUX_INT64)
          cells.at<std::int64_t>(row) = flux::detail::decode<std::int64_t>(Json{text}, {});
        if (kind == FLUX_DOUBLE) cells.at<double>(row) = flux::detail::decode<double>(Json{text}, {});
        if (kind == FLUX_BOOL) cells.at<std::uint8_t>(row) = text == "true";
        if (kind == FLUX_STRING || kind == FLUX_JSON) cells.at<flux_str>(row) = str(text);
      }
      columns_.push_back({cells.bytes.data(), cells.present.data()});
    }
  }

  // Room for the results of one call.
  void give_room(std::size_t rows, std::size_t capacity) {
    out_cells_.clear();
    out_columns_.clear();
    texts_.clear();
    failed_.clear();
    origin_.assign(capacity, 0);
    const std::uint32_t count = output_ != nullptr ? output_->field_count : 0;
    for (std::uint32_t c = 0; c < count; ++c) {
      Cells& cells = out_cells_.emplace_back(capacity);
      const bool may_miss =
          agent_.result == FLUX_EXTEND || (output_->fields[c]->flags & FLUX_FIELD_OPTIONAL) != 0;
      if (!may_miss) std::fill(cells.present.begin(), cells.present.end(), std::uint8_t{FLUX_PRESENT});
      out_columns_.push_back({cells.bytes.data(), may_miss ? cells.present.data() : nullptr});
    }
    out_ = {sizeof out_, count, out_columns_.data(), origin_.data(), capacity, 0, rows, 0, this, nullptr,
            nullptr,     0};
    out_.text = [](flux_out* out, std::size_t size) {
      return static_cast<Stream*>(out->ctx)->texts_.emplace_back(size, '?').data();
    };
    out_.fail = [](flux_out* out, std::size_t row, flux_reason, flux_str message) {
      static_cast<Stream*>(out->ctx)->failed_.emplace_back(row, view(message));
    };
  }

  void process() {
    std::size_t begin = 0;
    std::uint64_t cursor = 0;
    while (begin < rows_.size()) {
      const std::size_t count = rows_.size() - begin;
      fill(begin);
      const flux_batch in{sizeof in, input_->field_count, columns_.data(), count, cursor};
      give_room(count, count);
      const flux_status status = agent_.process(self_, &in, &out_, &err_);
      if (status == FLUX_FAILED) return breaks();
      for (const auto& [row, why] : failed_) fail(rows_[begin + row].event, why);
      const bool is_map = (agent_.flags & FLUX_MAP) != 0;
      for (std::size_t r = 0; r < out_.rows; ++r) {
        const Taken& from = rows_[begin + (is_map ? r : origin_[r])];
        if (!has_failed(from.event)) put(r, from);
      }
      ended_ = status == FLUX_END;
      if (status == FLUX_OK || ended_) return;
      if (out_.consumed == 0 && out_.rows == 0) {
        error_ = "it wants to be called again without having done anything";
        return breaks();
      }
      begin += out_.consumed;
      cursor = out_.cursor;
    }
  }
  void finish() {
    constexpr std::size_t kRoom = 64;
    flux_status status = FLUX_MORE;
    while (status == FLUX_MORE) {
      give_room(0, kRoom);
      status = agent_.finish(self_, &out_, &err_);
      if (status == FLUX_FAILED) {
        lines_.push_back("! the agent is broken: " + error_);
        return;
      }
      for (std::size_t r = 0; r < out_.rows; ++r) lines_.push_back(replaced(r));
    }
  }
  void breaks() {
    ended_ = broken_ = true;
    failures_.emplace_back(rows_.back().event, "! the agent is broken: " + error_);
  }

  // Result `r` of an event: a line among the failures, so that all come in order.
  void put(std::size_t r, const Taken& from) {
    try {
      if (agent_.result == FLUX_SELECT) return add(from.event, from.text);
      add(from.event, agent_.result == FLUX_EXTEND ? extended(r, from.text) : replaced(r));
    } catch (const std::exception& why) {
      fail(from.event, why.what());
    }
  }
  void add(std::size_t event, std::string line) { failures_.emplace_back(event, std::move(line)); }

  std::string cell(std::uint32_t c, std::size_t row) {
    JsonWriter json;
    Cells& cells = out_cells_[c];
    const std::uint32_t kind = output_->fields[c]->kind;
    if (kind == FLUX_INT64) json.value(cells.at<std::int64_t>(row));
    if (kind == FLUX_DOUBLE) json.value(cells.at<double>(row));
    if (kind == FLUX_BOOL) json.value(cells.at<std::uint8_t>(row) != 0);
    if (kind == FLUX_STRING) json.value(view(cells.at<flux_str>(row)));
    if (kind != FLUX_JSON) return json.take();
    const auto text = compact(view(cells.at<flux_str>(row)));
    if (!text)
      throw std::runtime_error("the result is not JSON: " + std::string(view(cells.at<flux_str>(row))));
    return *text;
  }
  std::string replaced(std::size_t row) {
    if (output_->field_count == 1 && output_->fields[0]->path.size == 0) return cell(0, row);
    Object object("{}");
    for (std::uint32_t c = 0; c < output_->field_count; ++c) {
      if (out_cells_[c].present[row] != FLUX_PRESENT) continue;
      object.set(names_of(output_->fields[c]->path), 0, cell(c, row));
    }
    return object.text();
  }
  std::string extended(std::size_t row, const std::string& event) {
    Object object(event);
    for (std::uint32_t c = 0; c < output_->field_count; ++c) {
      const flux_field& field = *output_->fields[c];
      if ((field.flags & FLUX_FIELD_KEPT) != 0) throw std::runtime_error("kept members need flux itself");
      const Names path = names_of(field.path);
      const std::uint8_t what = out_cells_[c].present[row];
      if (what == FLUX_PRESENT) object.set(path, 0, cell(c, row));
      if (what == FLUX_REMOVED) object.remove(path, 0);
      if (what == FLUX_RENAMED) object.rename(path, 0, names_of(field.to).back());
    }
    return object.text();
  }

  const flux_agent& agent_;
  Arguments arguments_;
  std::string error_;
  flux_error err_{&error_,
                  [](flux_error* err, flux_str why) { *static_cast<std::string*>(err->ctx) = view(why); }};
  void* self_ = nullptr;
  const flux_type* input_ = nullptr;
  const flux_type* output_ = nullptr;
  bool ended_ = false;
  bool broken_ = false;
  Lines lines_;
  std::vector<Taken> rows_;
  std::vector<std::pair<std::size_t, std::string>> failures_;  // and results, by event
  std::deque<Cells> cells_, out_cells_;
  std::vector<flux_column> columns_;
  std::vector<flux_out_column> out_columns_;
  std::vector<std::uint32_t> origin_;
  std::deque<std::string> texts_;
  std::vector<std::pair<std::size_t, std::string>> failed_;
  flux_out out_{};
};

}  // namespace detail
}  // namespace flux::testing
