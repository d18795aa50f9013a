// flux invoke --control, status, stop, tap: what asks a live pipeline.
#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "control/client.hpp"
#include "core/error.hpp"

namespace flux::cli {

namespace {

constexpr int kNotFlowing = 409;

// "the agent's message", as the endpoint has it.
std::string why(const control::Response& response) {
  const auto body = nlohmann::json::parse(response.body, nullptr, false);
  const bool is_told = body.is_object() && body.contains("error") && body["error"].is_string();
  return is_told ? body["error"].get<std::string>()
                 : fmt::format("the pipeline answers with status {}", response.status);
}

// Takes an answer apart that comes in pieces.
class Lines {
 public:
  template <class Take>
  bool take(std::string_view bytes, Take take_line) {
    text_ += bytes;
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = text_.find('\n', begin)) != std::string::npos; begin = end + 1)
      if (!take_line(std::string_view(text_).substr(begin, end - begin))) return false;
    text_.erase(0, begin);
    return true;
  }

 private:
  std::string text_;
};

int fail(const control::Response& response) {
  fmt::print(stderr, "flux: {}\n", printable(why(response), 1000));
  return static_cast<int>(response.status == kNotFlowing ? Exit::not_flowing : Exit::failed);
}

// Prints what is answered as it comes; the exit status.
int print_answer(const control::Question& question, const io::StandardStreams& streams) {
  int failure = 0;
  const control::Response response = control::ask(question, [&](std::string_view bytes) {
    failure = print(streams, bytes);
    return failure == 0;
  });
  return response.status == 200 ? failure : fail(response);
}

std::string target_of(const Options& options) {
  std::string target = "/invoke";
  const auto add = [&](const char* name, const std::string& value) {
    target += fmt::format("{}{}={}", target.find('?') == std::string::npos ? '?' : '&', name,
                          control::encoded(value));
  };
  if (!options.flux.empty()) add("flux", options.flux);
  if (options.priority) add("priority", *options.priority);
  if (options.timeout) add("timeout", *options.timeout);
  if (options.trace) add("trace", "1");
  return target;
}

}  // namespace

// Every event is asked, also where one before it failed; the first failure counts.
int ask(const Options& options, const io::StandardStreams& streams) {
  int exit = 0;
  for (const std::string& event : options.events) {
    const int status = print_answer({options.control, "POST", target_of(options), event}, streams);
    if (exit == 0) exit = status;
  }
  return exit;
}

int status(const Options& options, const io::StandardStreams& streams) {
  return print_answer({options.control, "GET", "/status", {}}, streams);
}

int stop(const Options& options, const io::StandardStreams&) {
  const control::Response response =
      control::ask({options.control, "POST", "/stop", {}}, [](std::string_view) { return true; });
  return response.status == 200 ? 0 : fail(response);
}

// Events to stdout, with their own bytes; what was missed to stderr.
int tap(const Options& options, const io::StandardStreams& streams) {
  std::string target = "/tap";
  if (!options.flux.empty()) target += "?flux=" + control::encoded(options.flux);
  if (options.limit != 0)
    target += fmt::format("{}limit={}", options.flux.empty() ? '?' : '&', options.limit);
  constexpr std::string_view kEvent = "{\"event\": ";
  constexpr std::string_view kMissed = "{\"missed\": ";
  Lines lines;
  int failure = 0;
  const auto show = [&](std::string_view line) {
    line.remove_suffix(1);  // the brace
    if (line.starts_with(kMissed)) {
      fmt::print(stderr, "flux: {} events missed here\n", line.substr(kMissed.size()));
      return true;
    }
    failure = print(streams, std::string(line.substr(kEvent.size())) + "\n");
    return failure == 0;
  };
  const control::Response response = control::ask(
      {options.control, "GET", target, {}}, [&](std::string_view bytes) { return lines.take(bytes, show); });
  return response.status == 200 ? failure : fail(response);
}

}  // namespace flux::cli
