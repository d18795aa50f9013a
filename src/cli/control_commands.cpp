// flux invoke --control, status, stop: what asks a live pipeline.
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

// Prints what is answered as it comes; the exit status.
int print_answer(const control::Question& question, const io::StandardStreams& streams) {
  int failure = 0;
  const control::Response response = control::ask(question, [&](std::string_view bytes) {
    failure = print(streams, bytes);
    return failure == 0;
  });
  if (response.status == 200) return failure;
  fmt::print(stderr, "flux: {}\n", printable(why(response), 1000));
  return static_cast<int>(response.status == kNotFlowing ? Exit::not_flowing : Exit::failed);
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
  if (response.status == 200) return 0;
  fmt::print(stderr, "flux: {}\n", printable(why(response), 1000));
  return static_cast<int>(Exit::failed);
}

}  // namespace flux::cli
