#include "control/server.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <charconv>
#include <system_error>

#include "json/string.hpp"
#include "settings/decimal.hpp"

namespace flux::control {

namespace {

using runtime::Answer;

int status_of(Answer::Kind kind) {
  switch (kind) {
    case Answer::Kind::answered:
      return 200;
    case Answer::Kind::failed:
      return 422;
    case Answer::Kind::unaffordable:
      return 429;
    case Answer::Kind::not_flowing:
      return 409;
    case Answer::Kind::late:
      return 504;
  }
  return 500;
}

// How long somebody looks on at once: so soon the end of a run, or of a client, is noticed.
constexpr std::chrono::milliseconds kLook{50};

std::string list_of(const std::vector<std::string>& values) {
  std::string list;
  for (const std::string& value : values) list += (list.empty() ? "" : ", ") + value;
  return "[" + list + "]";
}

std::string trace_of(const Answer& answer, const plan::Plan& plan) {
  std::string list;
  for (const Answer::Step& step : answer.trace)
    list += fmt::format("{}{{\"flux\": {}, \"values\": {}}}", list.empty() ? "" : ", ",
                        json::quote(plan.fluxes[step.flux].id), list_of(step.values));
  return "[" + list + "]";
}

Response response_of(const Answer& answer, const plan::Plan& plan, bool wants_lines, bool wants_trace) {
  if (answer.kind != Answer::Kind::answered) return refusal(status_of(answer.kind), answer.error);
  Response response;
  if (wants_lines) {
    response.type = "application/x-ndjson";
    if (wants_trace) {
      for (const Answer::Step& step : answer.trace)
        response.body += fmt::format("{{\"flux\": {}, \"values\": {}}}\n",
                                     json::quote(plan.fluxes[step.flux].id), list_of(step.values));
      return response;
    }
    for (const std::string& result : answer.results) response.body += result + "\n";
    return response;
  }
  response.body = fmt::format("{{\"results\": {}", list_of(answer.results));
  if (wants_trace) response.body += ", \"trace\": " + trace_of(answer, plan);
  response.body += "}\n";
  return response;
}

// Seconds as a person writes them; nothing if they are none.
std::optional<std::chrono::milliseconds> milliseconds_of(const settings::Decimal& seconds) {
  constexpr std::uint64_t kLongest = 1'000'000'000;  // eleven days stand for ever
  if (seconds.infinite) return std::chrono::milliseconds(kLongest);
  const settings::Decimal thousandth{seconds.digits, seconds.exponent, false};
  return std::chrono::milliseconds(std::min(settings::floor_times(1000, thousandth), kLongest));
}

}  // namespace

Server::Server(const Listener& listener, runtime::Live& live, Bounds bounds)
    : listener_(listener), live_(live), bounds_(bounds), accepting_([this] { accept(); }) {}

Server::~Server() {
  listener_.stop();
  accepting_.join();
  {
    const std::lock_guard lock(mutex_);
    is_closing_ = true;
    // No more requests; an answer may still be written.
    for (Client& client : clients_) ::shutdown(client.connection.fd(), SHUT_RD);
  }
  for (Client& client : clients_) client.thread.join();
}

void Server::accept() {
  while (io::Fd fd = listener_.accept()) {
    const std::lock_guard lock(mutex_);
    let_go_of_the_gone();
    if (clients_.size() == kMostClients) {
      Connection(std::move(fd), bounds_).write(refusal(503, "too many clients at once"));
      continue;
    }
    Client& client = clients_.emplace_back(std::move(fd), bounds_);
    try {
      client.thread = std::thread([this, &client] { serve(client); });
    } catch (const std::system_error&) {  // no thread for him
      clients_.pop_back();
    }
  }
}

void Server::let_go_of_the_gone() {
  for (auto client = clients_.begin(); client != clients_.end();) {
    if (!client->is_gone.load(std::memory_order_acquire)) {
      ++client;
      continue;
    }
    client->thread.join();
    client = clients_.erase(client);
  }
}

void Server::serve(Client& client) {
  Connection& connection = client.connection;
  while (const auto request = connection.read()) {
    if (is_stream(*request)) {
      request->path == "/tap" ? tap(*request, connection) : pheromones(connection);
      break;
    }
    if (!connection.write(answer(*request)) || !connection.stays_open()) break;
  }
  ::shutdown(connection.fd(), SHUT_RDWR);
  client.is_gone.store(true, std::memory_order_release);
}

Response Server::answer(const Request& request) {
  const std::string& path = request.path;
  const bool changes = path == "/invoke" || path == "/stop";
  const bool asks = path == "/status" || path == "/healthz" || path == "/metrics" || path == "/tap" ||
                    path == "/pheromones";
  if (!changes && !asks)
    return refusal(404, "there is /invoke, /status, /stop, /healthz, /metrics, /tap and /pheromones");
  if (request.method != (changes ? "POST" : "GET"))
    return refusal(405, fmt::format("{} wants {}", path, changes ? "POST" : "GET"));
  if (path == "/invoke") return invoke(request);
  if (path == "/status") return {200, "application/json", control::status_of(live_)};
  if (path == "/metrics") return {200, "text/plain; version=0.0.4", metrics_of(live_)};
  if (path == "/healthz") {
    const bool is_flowing = live_.is_flowing();
    return {is_flowing ? 200 : 503, "application/json",
            fmt::format("{{\"status\": \"{}\"}}\n", is_flowing ? "FLOWING" : "DRAINING")};
  }
  live_.stop();
  return {200, "application/json", "{\"status\": \"DRAINING\"}\n"};
}

bool Server::is_stream(const Request& request) const {
  return request.method == "GET" && (request.path == "/tap" || request.path == "/pheromones");
}

// At the end of the run, when nothing is read from a client any more, he gets the rest.
bool Server::is_wanted(const Connection& connection) const {
  return live_.is_over() || !connection.is_gone();
}

// Each event as {"event": …}, and what was missed before the next one as {"missed": N}.
void Server::tap(const Request& request, Connection& connection) {
  std::size_t flux = live_.plan().fluxes.size() - 1;
  if (const auto id = request.asked("flux")) {
    const auto named = live_.flux_named(*id);
    if (!named) {
      connection.write(refusal(404, fmt::format("no flux is called '{}'", *id)));
      return;
    }
    flux = *named;
  }
  std::uint64_t left = ~std::uint64_t{0};
  if (const auto limit = request.asked("limit")) {
    const auto [end, error] = std::from_chars(limit->data(), limit->data() + limit->size(), left);
    if (error != std::errc() || end != limit->data() + limit->size() || left == 0) {
      connection.write(
          refusal(400, fmt::format("'limit' must be a whole number from 1 on, found '{}'", *limit)));
      return;
    }
  }
  const auto watcher = live_.watch(flux);
  bool goes_on = connection.begin("application/x-ndjson");
  while (goes_on) {
    const bool is_last = live_.is_over();
    const auto started = std::chrono::steady_clock::now();
    const runtime::Watcher::Seen seen = watcher->look(kLook);
    std::string text;
    for (const std::string& event : seen.events) {
      if (left == 0) break;
      --left;
      text += fmt::format("{{\"event\": {}}}\n", event);
    }
    if (seen.missed != 0 && left != 0) text += fmt::format("{{\"missed\": {}}}\n", seen.missed);
    goes_on = connection.piece(text) && left != 0 && !is_last && is_wanted(connection);
    // Whoever looks at a flood sees some of it, and costs the stream little.
    if (seen.missed != 0 && goes_on) std::this_thread::sleep_until(started + kLook);
  }
  connection.end();
}

void Server::pheromones(Connection& connection) {
  const auto listener = live_.listen();
  bool goes_on = connection.begin("application/x-ndjson");
  while (goes_on) {
    const bool is_last = live_.is_over();
    runtime::PheromoneListener::Heard heard = listener->listen(kLook);
    if (heard.missed != 0) heard.records += fmt::format("{{\"missed\":{}}}\n", heard.missed);
    goes_on = connection.piece(heard.records) && !is_last && is_wanted(connection);
  }
  connection.end();
}

Response Server::invoke(const Request& request) {
  const plan::Plan& plan = live_.plan();
  runtime::Perturbation perturbation;
  perturbation.event = request.body;
  if (const auto id = request.asked("flux")) {
    perturbation.flux = live_.flux_named(*id);
    if (!perturbation.flux) return refusal(404, fmt::format("no flux is called '{}'", *id));
  }
  const settings::FluxConfig& config = plan.fluxes[perturbation.flux.value_or(0)].config;
  std::int64_t priority = config.perturbation_priority;
  if (const auto asked = request.asked("priority")) {
    const auto [end, error] = std::from_chars(asked->data(), asked->data() + asked->size(), priority);
    if (error != std::errc() || end != asked->data() + asked->size())
      return refusal(400, fmt::format("'priority' must be a whole number, found '{}'", *asked));
  }
  settings::Decimal timeout = config.perturbation_timeout;
  if (const auto asked = request.asked("timeout")) {
    const auto seconds = settings::Decimal::parse(*asked);
    if (!seconds)
      return refusal(400, fmt::format("'timeout' must be seconds from 0 on, or inf, found '{}'", *asked));
    timeout = *seconds;
  }
  perturbation.wants_trace = request.asked("trace").value_or("0") != "0";
  const bool wants_trace = perturbation.wants_trace;
  auto coming = live_.submit(std::move(perturbation), priority);
  if (coming.wait_for(*milliseconds_of(timeout)) != std::future_status::ready)
    return refusal(
        504, fmt::format("no answer within {} s; the event may be served yet", settings::to_string(timeout)));
  return response_of(coming.get(), plan, request.wants_lines(), wants_trace);
}

}  // namespace flux::control
