// A jq program and its run over one event: all of libjq that this plugin touches.
//
// What jq 1.6 is like shows through: its numbers are doubles, of a duplicate key the
// last one counts, an event may be nested 256 deep, and where it runs out of memory
// it ends the process.
//
// Thread safety: none; each thread has programs of its own.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

extern "C" {
#include <jq.h>
}

// Text that libjq holds.
class Text {
 public:
  // Takes over `string`, which is one.
  explicit Text(jv string) : string_(string) {}
  Text(Text&& other) noexcept : string_(std::exchange(other.string_, jv_null())) {}
  Text& operator=(Text&& other) noexcept {
    std::swap(string_, other.string_);
    return *this;
  }
  ~Text() { jv_free(string_); }

  std::string_view view() const {
    const int size = jv_string_length_bytes(jv_copy(string_));
    return {jv_string_value(string_), static_cast<std::size_t>(size)};
  }

 private:
  jv string_;
};

class Program {
 public:
  // $name, and its value as JSON text.
  using Variable = std::pair<std::string, std::string>;
  // Takes what the program's `debug` says.
  using Debug = std::function<void(std::string_view message)>;

  // Throws std::invalid_argument with jq's own message.
  Program(const std::string& text, const std::vector<Variable>& variables, Debug debug);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // How the run over an event stands.
  enum class State {
    open,    // there may be more results
    done,    // there are no more
    failed,  // the program failed this event: message()
    halted,  // `halt`: it wants no more events
    broken,  // `halt_error`: it wants the whole run to fail: message()
  };

  // From here on next() gives results of `event`, the text of one JSON value.
  void start(std::string_view event);

  State state() const { return state_; }
  const std::string& message() const { return message_; }

  // The next result as JSON text; REQUIRES: is open, and still is when this returns:
  // else the result is empty.
  Text next();

 private:
  static void note_error(void* self, jv message);
  static void tell_debug(void* self, jv message);
  static jv refuse_input(jq_state*, void* self);
  jv parse(std::string_view event);
  void end(jv last);
  void end_halted();

  jq_state* jq_;
  jv_parser* parser_;
  Debug debug_;
  State state_ = State::done;
  std::string message_;
  bool has_asked_for_input_ = false;  // since start()
};
