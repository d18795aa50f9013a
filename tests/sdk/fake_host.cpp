#include "fake_host.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <stdexcept>

namespace flux_test {
namespace {

constexpr flux_type kNothing{sizeof(flux_type), 0, nullptr, nullptr};

std::string_view view(flux_str text) { return {text.data, text.size}; }

// Columns of any kind take 16 bytes per row here, which is enough for each.
struct Cells {
  explicit Cells(std::size_t rows) : bytes(2 * rows + 1), present(rows) {}
  template <class T>
  T* as() {
    return reinterpret_cast<T*>(bytes.data());
  }
  std::vector<std::uint64_t> bytes;
  std::vector<std::uint8_t> present;
};

void put(Cells& cells, flux_kind kind, std::size_t row, const std::string& text) {
  switch (kind) {
    case FLUX_INT64:
      cells.as<std::int64_t>()[row] = std::stoll(text);
      return;
    case FLUX_DOUBLE:
      cells.as<double>()[row] = std::stod(text);
      return;
    case FLUX_BOOL:
      cells.as<std::uint8_t>()[row] = text == "true";
      return;
    default:
      cells.as<flux_str>()[row] = {text.data(), text.size()};
      return;
  }
}

std::string show(Cells& cells, flux_kind kind, std::size_t row) {
  switch (kind) {
    case FLUX_INT64:
      return fmt::to_string(cells.as<std::int64_t>()[row]);
    case FLUX_DOUBLE:
      return fmt::to_string(cells.as<double>()[row]);
    case FLUX_BOOL:
      return cells.as<std::uint8_t>()[row] != 0 ? "true" : "false";
    default:
      return std::string(view(cells.as<flux_str>()[row]));
  }
}

std::string show(Cells& cells, const flux_field& field, bool has_presence, std::size_t row) {
  if (has_presence && cells.present[row] == FLUX_ABSENT) return "-";
  if (has_presence && cells.present[row] == FLUX_REMOVED) return "removed";
  if (has_presence && cells.present[row] == FLUX_RENAMED) return "renamed";
  return show(cells, static_cast<flux_kind>(field.kind), row);
}

// The flux_out of one call, and what stands behind it.
struct Sink {
  Sink(const flux_agent& agent, const flux_type& output, Room room, std::size_t rows)
      : type(output), is_extend(agent.result == FLUX_EXTEND), origin(room.capacity), text_left(room.text) {
    for (std::uint32_t c = 0; c < type.field_count; ++c) {
      Cells& column = cells.emplace_back(room.capacity);
      columns.push_back({column.bytes.data(), has_presence(c) ? column.present.data() : nullptr});
    }
    out.struct_size = sizeof out;
    out.column_count = type.field_count;
    out.columns = columns.data();
    out.origin = origin.data();
    out.capacity = room.capacity;
    out.consumed = rows;
    out.ctx = this;
    out.text = [](flux_out* to, std::size_t size) { return static_cast<Sink*>(to->ctx)->take_text(size); };
    out.fail = [](flux_out* to, std::size_t row, flux_reason reason, flux_str message) {
      static_cast<Sink*>(to->ctx)->failures.push_back({row, reason, std::string(view(message))});
    };
  }

  bool has_presence(std::uint32_t c) const {
    return is_extend || (type.fields[c]->flags & FLUX_FIELD_OPTIONAL) != 0;
  }

  char* take_text(std::size_t size) {
    if (size > text_left) return nullptr;
    text_left -= size;
    return texts.emplace_back(size, '?').data();
  }

  bool has_failed(std::size_t row) const {
    return std::any_of(failures.begin(), failures.end(), [row](const auto& f) { return f.row == row; });
  }

  std::string row_text(std::size_t row) {
    std::string text;
    for (std::uint32_t c = 0; c < type.field_count; ++c) {
      text += (c == 0 ? ": " : ", ") + show(cells[c], *type.fields[c], has_presence(c), row);
    }
    return text;
  }

  struct Failure {
    std::size_t row;
    flux_reason reason;
    std::string message;
  };

  const flux_type& type;
  bool is_extend;
  std::vector<std::uint32_t> origin;
  std::deque<Cells> cells;
  std::vector<flux_out_column> columns;
  std::size_t text_left;
  std::deque<std::string> texts;
  std::vector<Failure> failures;
  flux_out out{};
};

// Adds what one call gave; `base` is the event that its row 0 is.
void collect(Sink& sink, bool by_row, std::size_t base, Outcome& outcome) {
  for (std::size_t r = 0; r < sink.out.rows; ++r) {
    const std::size_t origin = by_row ? r : sink.origin[r];
    if (sink.has_failed(origin)) continue;
    outcome.results.push_back(fmt::to_string(base + origin) + sink.row_text(r));
  }
  for (const auto& failure : sink.failures) {
    outcome.failures.push_back(fmt::format("{}: {}: {}", base + failure.row,
                                           failure.reason == FLUX_OVERFLOW ? "overflow" : "refused",
                                           failure.message));
  }
}

}  // namespace

const flux_agent& find_agent(std::string_view name) {
  const flux_plugin* plugin = flux_plugin_entry();
  for (std::uint32_t i = 0; i < plugin->agent_count; ++i) {
    if (plugin->agents[i]->name == name) return *plugin->agents[i];
  }
  throw std::logic_error(fmt::format("no agent '{}' in this program", name));
}

flux_value int_value(std::int64_t number) {
  flux_value value{};
  value.kind = FLUX_INT64;
  value.as.int64 = number;
  return value;
}

flux_value string_value(std::string_view text) {
  flux_value value{};
  value.kind = FLUX_STRING;
  value.as.str = {text.data(), text.size()};
  return value;
}

FakeHost::FakeHost(std::string_view name, const Values& values, Room room)
    : agent_(find_agent(name)), room_(room), input_(agent_.input) {
  output_ = agent_.output != nullptr ? agent_.output : &kNothing;
  err_.ctx = &error_;
  err_.set = [](flux_error* err, flux_str message) { *static_cast<std::string*>(err->ctx) = view(message); };
  for (std::uint32_t i = 0; i < agent_.param_count; ++i) {
    const flux_param& param = *agent_.params[i];
    const auto given = values.find(param.name);
    const flux_value fallback = param.default_value != nullptr ? *param.default_value : flux_value{};
    values_.push_back(given != values.end() ? given->second : fallback);
  }
  self_ = agent_.create(&agent_, nullptr, values_.data(), &err_);
  if (self_ == nullptr || agent_.describe == nullptr) return;
  flux_ports ports{sizeof ports, nullptr, input_, output_, 0};
  if (agent_.describe(self_, &ports, &err_) != FLUX_OK) throw std::runtime_error(error_);
  input_ = ports.input;
  output_ = ports.output;
  in_order_ = ports.in_order != 0;
}

FakeHost::~FakeHost() {
  if (self_ != nullptr) agent_.destroy(self_);
}

Outcome FakeHost::run(const std::vector<Event>& events) {
  Outcome outcome;
  std::uint64_t cursor = 0;
  while (outcome.consumed < events.size() && (outcome.status == FLUX_OK || outcome.status == FLUX_MORE)) {
    const std::size_t base = outcome.consumed;
    const std::size_t rows = std::min(room_.capacity, events.size() - base);
    std::deque<Cells> cells;
    std::vector<flux_column> columns;
    for (std::uint32_t c = 0; c < input_->field_count; ++c) {
      Cells& column = cells.emplace_back(rows);
      for (std::size_t row = 0; row < rows; ++row) {
        const auto& value = events[base + row].at(c);
        column.present[row] = value.has_value();
        if (value) put(column, static_cast<flux_kind>(input_->fields[c]->kind), row, *value);
      }
      columns.push_back({column.bytes.data(), column.present.data()});
    }
    const flux_batch in{sizeof in, input_->field_count, columns.data(), rows, cursor};
    Sink sink(agent_, *output_, room_, rows);
    outcome.status = agent_.process(self_, &in, &sink.out, &err_);
    ++outcome.calls;
    outcome.error = error_;
    if (outcome.status == FLUX_FAILED) return outcome;
    collect(sink, (agent_.flags & FLUX_MAP) != 0, base, outcome);
    outcome.consumed += outcome.status == FLUX_OK ? rows : sink.out.consumed;
    cursor = outcome.status == FLUX_MORE ? sink.out.cursor : 0;
    if (outcome.calls > 10'000) throw std::logic_error("the agent asks to be called again without end");
  }
  return outcome;
}

Outcome FakeHost::finish() {
  Outcome outcome;
  do {
    Sink sink(agent_, *output_, room_, 0);
    outcome.status = agent_.finish(self_, &sink.out, &err_);
    ++outcome.calls;
    outcome.error = error_;
    if (outcome.status != FLUX_FAILED) collect(sink, true, 0, outcome);
  } while (outcome.status == FLUX_MORE);
  return outcome;
}

void FakeHost::interrupt() { agent_.interrupt(self_); }

flux_status FakeHost::merge(FakeHost& other) { return agent_.merge(self_, other.self_, &err_); }

std::string FakeHost::save() {
  std::string snapshot;
  flux_writer writer{&snapshot, [](flux_writer* to, const void* bytes, std::size_t size) {
                       static_cast<std::string*>(to->ctx)->append(static_cast<const char*>(bytes), size);
                       return 0;
                     }};
  if (agent_.save(self_, &writer, &err_) != 0) throw std::runtime_error(error_);
  return snapshot;
}

bool FakeHost::restore(std::uint32_t version, std::string_view snapshot) {
  return agent_.restore(self_, version, {snapshot.data(), snapshot.size()}, &err_) == 0;
}

}  // namespace flux_test
