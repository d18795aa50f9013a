// The control endpoint of a live pipeline: HTTP/1.1 with JSON over a Unix socket.
//
//   POST /invoke   the event as the body; ?flux=ID&priority=N&timeout=SECONDS&trace=1
//   GET  /status   the books so far, states, buffers, rates
//   POST /stop     drains
//   GET  /healthz  200 while the pipeline is FLOWING, 503 from then on
//   GET  /metrics  for Prometheus
//   GET  /tap      what a flux gives, as it is given; ?flux=ID&limit=N
//   GET  /pheromones  what fluxes tell about themselves, as they do
//
// Threads: one that accepts, and one per client, at most kMostClients; all are owned
// and joined here. None of them ever holds up the stream.
#pragma once

#include <atomic>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

#include "control/http.hpp"
#include "control/unix_socket.hpp"
#include "runtime/live.hpp"

namespace flux::control {

class Server {
 public:
  static constexpr std::size_t kMostClients = 32;

  // Starts at once. REQUIRES: listener and live outlive this.
  Server(const Listener& listener, runtime::Live& live, Bounds bounds = {});
  // Lets everybody have the answer that is on its way.
  ~Server();

 private:
  struct Client {
    explicit Client(io::Fd fd, Bounds bounds) : connection(std::move(fd), bounds) {}
    Connection connection;
    std::atomic<bool> is_gone{false};  // release: its thread is only to be joined
    std::thread thread;
  };

  void accept();
  void serve(Client& client);
  void let_go_of_the_gone();
  Response answer(const Request& request);
  Response invoke(const Request& request);
  bool is_stream(const Request& request) const;
  bool is_wanted(const Connection& connection) const;
  void tap(const Request& request, Connection& connection);
  void pheromones(Connection& connection);

  const Listener& listener_;
  runtime::Live& live_;
  const Bounds bounds_;

  std::mutex mutex_;
  // Protected by mutex_:
  std::list<Client> clients_;  // a list: threads refer to them
  bool is_closing_ = false;

  std::thread accepting_;
};

// What the endpoint says.
std::string status_of(const runtime::Live& live);
std::string metrics_of(const runtime::Live& live);

}  // namespace flux::control
