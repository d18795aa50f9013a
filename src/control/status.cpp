// What a live pipeline tells of itself: for people and programs as JSON, and for
// Prometheus.
#include <fmt/format.h>
#include <unistd.h>

#include "control/server.hpp"
#include "json/string.hpp"

namespace flux::control {

namespace {

using runtime::Books;
using runtime::FluxSummary;
using runtime::Live;
using runtime::Summary;

std::string_view state_of(const Live& live, const Summary& summary) {
  for (const FluxSummary& flux : summary.fluxes)
    if (flux.state == runtime::State::collapsed) return name_of(flux.state);
  if (!live.is_flowing()) return name_of(runtime::State::draining);
  return name_of(live.waiting() > 0 ? runtime::State::perturbed : runtime::State::flowing);
}

std::string buffer_of(const Live& live, std::size_t flux) {
  const auto level = live.buffer_behind(flux);
  if (!level) return "null";
  return fmt::format(R"({{"held": {}, "size": {}, "policy": "{}"}})", level->held, level->capacity,
                     settings::name_of(live.plan().fluxes[flux].config.drop_policy));
}

double per_second(std::uint64_t count, double seconds) {
  return seconds > 0 ? static_cast<double>(count) / seconds : 0;
}

void add(std::string& text, const char* name, const char* kind, const char* help) {
  text += fmt::format("# HELP flux_{} {}.\n# TYPE flux_{} {}\n", name, help, name, kind);
}

// As a label of Prometheus.
std::string label(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    if (c == '\n') {
      escaped += "\\n";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace

std::string status_of(const Live& live) {
  const Summary summary = live.summary();
  std::string fluxes;
  for (std::size_t f = 0; f < summary.fluxes.size(); ++f)
    fluxes += fmt::format("{}{}, \"buffer\": {}}}", f == 0 ? "" : ", ", json_of(summary.fluxes[f]),
                          buffer_of(live, f));
  return fmt::format(
      R"({{"state": "{}", "pid": {}, "pipeline": {}, "read": {}, "written": {}, "failed": {}, "bytes_in": {}, )"
      R"("bytes_out": {}, "seconds": {:.6f}, "rates": {{"read": {:.1f}, "written": {:.1f}}}, )"
      R"("perturbations": {}, "fluxes": [{}]}})"
      "\n",
      state_of(live, summary), ::getpid(), json::quote(live.plan().pipeline.text), summary.read,
      summary.written, summary.failed, summary.bytes_in, summary.bytes_out, summary.seconds,
      per_second(summary.read, summary.seconds), per_second(summary.written, summary.seconds), live.waiting(),
      fluxes);
}

std::string metrics_of(const Live& live) {
  const Summary summary = live.summary();
  std::string text;
  const auto run = [&](const char* name, const char* help, std::uint64_t count) {
    add(text, name, "counter", help);
    text += fmt::format("flux_{} {}\n", name, count);
  };
  run("read_total", "Events that arrived at the first flux", summary.read);
  run("written_total", "Results that the sink took", summary.written);
  run("bytes_in_total", "Bytes of the source", summary.bytes_in);
  run("bytes_out_total", "Bytes that the sink took", summary.bytes_out);
  const auto each = [&](auto line) {
    for (std::size_t f = 0; f < summary.fluxes.size(); ++f) text += line(f, label(summary.fluxes[f].id));
  };
  for (const runtime::Counter& counter : runtime::kCounters) {
    // What was dropped is one metric, with the reason as a label.
    if (counter.count == &Books::dropped || counter.count == &Books::feedback_dropped) continue;
    const std::string name = fmt::format("{}_total", counter.name);
    add(text, name.c_str(), "counter", counter.help);
    each([&](std::size_t f, const std::string& id) {
      return fmt::format("flux_{}{{flux=\"{}\"}} {}\n", name, id, summary.fluxes[f].books.*counter.count);
    });
  }
  add(text, "dropped_total", "counter", "Values that a full buffer or feedback queue dropped");
  each([&](std::size_t f, const std::string& id) {
    const Books& books = summary.fluxes[f].books;
    return fmt::format(
        "flux_dropped_total{{flux=\"{0}\",reason=\"buffer\"}} {1}\n"
        "flux_dropped_total{{flux=\"{0}\",reason=\"feedback\"}} {2}\n",
        id, books.dropped, books.feedback_dropped);
  });
  add(text, "entropy_remaining", "gauge", "What a flux with a budget may still spend");
  each([&](std::size_t f, const std::string& id) {
    const std::string& left = summary.fluxes[f].entropy_remaining;
    return left == "null" ? std::string()
                          : fmt::format("flux_entropy_remaining{{flux=\"{}\"}} {}\n", id, left);
  });
  add(text, "buffer_held", "gauge", "Events in the drop buffer behind a flux");
  each([&](std::size_t f, const std::string& id) {
    const auto level = live.buffer_behind(f);
    return level ? fmt::format("flux_buffer_held{{flux=\"{}\"}} {}\n", id, level->held) : std::string();
  });
  add(text, "state", "gauge", "1 for the state that a flux is in");
  each([&](std::size_t f, const std::string& id) {
    return fmt::format("flux_state{{flux=\"{}\",state=\"{}\"}} 1\n", id, name_of(summary.fluxes[f].state));
  });
  return text;
}

}  // namespace flux::control
