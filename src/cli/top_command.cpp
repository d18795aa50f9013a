// flux top: flows, states, entropy, buffers and drops of a pipeline that runs, once a
// second, until it ends or somebody has seen enough.
#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "control/client.hpp"
#include "core/error.hpp"

namespace flux::cli {

namespace {

using Json = nlohmann::ordered_json;

Json status_of(const std::string& socket) {
  std::string text;
  const control::Response response =
      control::ask({socket, "GET", "/status", {}}, [&](std::string_view bytes) {
        text += bytes;
        return true;
      });
  Json status = Json::parse(text, nullptr, false);
  if (response.status != 200 || !status.is_object())
    throw Error(fmt::format("the pipeline answers with status {}", response.status), {}, {}, Exit::failed);
  return status;
}

std::uint64_t count(const Json& object, const char* key) { return object.value(key, std::uint64_t{0}); }

// Events per second between two looks; of the whole run at the first one.
double rate(const Json& now, const Json& before, std::uint64_t count_now, std::uint64_t count_before) {
  const double seconds = now.value("seconds", 0.0) - before.value("seconds", 0.0);
  return seconds > 0 ? static_cast<double>(count_now - count_before) / seconds : 0;
}

// "[#####     ] 5/10"
std::string gauge(std::uint64_t level, std::uint64_t size) {
  constexpr std::uint64_t kWidth = 10;
  const std::uint64_t full = std::min(kWidth, (level * kWidth + size - 1) / std::max<std::uint64_t>(size, 1));
  return fmt::format("[{:<{}}] {}/{}", std::string(full, '#'), kWidth, level, size);
}

std::string page(const Json& now, const Json& before) {
  std::string text =
      fmt::format("{}  {}\n{} read ({:.0f}/s), {} written ({:.0f}/s), {} failed, {:.1f} s\n\n",
                  now.value("state", "?"), printable(now.value("pipeline", "")), count(now, "read"),
                  rate(now, before, count(now, "read"), count(before, "read")), count(now, "written"),
                  rate(now, before, count(now, "written"), count(before, "written")), count(now, "failed"),
                  now.value("seconds", 0.0));
  text += fmt::format("{:<20} {:<10} {:>12} {:>12} {:>9} {:>9} {:>9} {:>12}  {}\n", "FLUX", "STATE", "IN",
                      "IN/S", "FAILED", "DROPPED", "ANSWERED", "ENTROPY", "BUFFER");
  for (std::size_t f = 0; f < now["fluxes"].size(); ++f) {
    const Json& flux = now["fluxes"][f];
    const bool has_before = before.contains("fluxes");
    const std::uint64_t events_before = has_before ? count(before["fluxes"][f], "events") : 0;
    const Json& entropy = flux["entropy_remaining"];
    const Json& buffer = flux["buffer"];
    text += fmt::format("{:<20} {:<10} {:>12} {:>12.0f} {:>9} {:>9} {:>9} {:>12}  {}\n",
                        printable(flux.value("id", ""), 20), flux.value("state", "?"), count(flux, "events"),
                        rate(now, before, count(flux, "events"), events_before), count(flux, "failed"),
                        count(flux, "dropped") + count(flux, "feedback_dropped"), count(flux, "answered"),
                        entropy.is_null() ? "-" : entropy.dump(),
                        buffer.is_null() ? "-" : gauge(count(buffer, "held"), count(buffer, "size")));
  }
  return text;
}

}  // namespace

int top(const Options& options, const io::StandardStreams& streams) {
  constexpr int kSecond = 1000;
  constexpr const char* kClear = "\033[H\033[2J";
  const bool is_live = !options.once && streams.has_output && ::isatty(streams.output.get()) != 0;
  Json before = Json::object();
  for (;;) {
    const Json now = status_of(options.control);
    const int failure = print(streams, (is_live ? kClear : "") + page(now, before));
    if (failure != 0 || !is_live) return failure;
    before = now;
    pollfd keys{STDIN_FILENO, POLLIN, 0};
    if (::poll(&keys, 1, kSecond) > 0) return 0;  // Enter: seen enough
  }
}

}  // namespace flux::cli
