#include "runtime/summary.hpp"

#include <fmt/format.h>

#include "core/bytes.hpp"
#include "core/error.hpp"
#include "json/string.hpp"

namespace flux::runtime {

namespace {

// "12 filtered", with what is none left out.
void add(std::string& text, std::uint64_t count, std::string_view what) {
  if (count != 0) text += fmt::format(", {} {}", count, what);
}

std::string line_of(const FluxSummary& flux) {
  const Books& b = flux.books;
  std::string text = fmt::format("  {} {}: {} in", printable(flux.id), name_of(flux.state), b.upstream);
  add(text, b.fed_back, "fed back");
  add(text, b.filtered, "filtered");
  add(text, b.absorbed, "absorbed");
  add(text, b.failed, "failed");
  add(text, b.unprocessed, "unprocessed");
  add(text, b.finish_rows, "at the end");
  add(text, b.dropped, "dropped");
  add(text, b.feedback_dropped, "dropped on their way back");
  text += fmt::format(", {} out", b.delivered);
  if (flux.entropy_remaining != "null") text += fmt::format(", entropy left {}", flux.entropy_remaining);
  return text + "\n";
}

}  // namespace

std::string json_of(const FluxSummary& flux) {
  std::string text = fmt::format(R"({{"id": {}, "state": "{}", "events": {}, )", json::quote(flux.id),
                                 name_of(flux.state), flux.books.events());
  for (const Counter& counter : kCounters)
    text += fmt::format("\"{}\": {}, ", counter.name, flux.books.*counter.count);
  return text + fmt::format(R"("entropy_remaining": {})", flux.entropy_remaining);
}

std::string Summary::to_json() const {
  std::string list;
  for (const FluxSummary& flux : fluxes) list += (list.empty() ? "" : ", ") + json_of(flux) + "}";
  return fmt::format(
      R"({{"read": {}, "written": {}, "failed": {}, "bytes_in": {}, "bytes_out": {}, "seconds": {:.6f}, "exit": {}, )"
      R"("reason": {}, "fluxes": [{}]}})"
      "\n",
      read, written, failed, bytes_in, bytes_out, seconds, exit, json::quote(reason), list);
}

std::string Summary::to_people() const {
  std::string text = fmt::format("flux: {} read, {} written", read, written);
  add(text, failed, "failed");
  text += fmt::format(" in {:.3f} s", seconds);
  if (seconds > 0.1) text += fmt::format(" ({:.0f} events/s)", static_cast<double>(read) / seconds);
  text += fmt::format("; {}\n", reason);
  for (const FluxSummary& flux : fluxes) text += line_of(flux);
  return text;
}

}  // namespace flux::runtime
