// A set-up error: what was found, where it stands, and the way out. Thrown while
// nothing has been read yet, caught once in main and printed by `describe`.
//
// The three ranks of errors: set-up is an Error; an event that fails is a Failure
// of its row (see runtime/ticket.hpp); a broken agent instance ends the run.
#pragma once

#include <cstddef>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace flux {

// Process exit statuses that an Error can cause. The rest belong to a run.
enum class Exit : int { ok = 0, failed = 1, usage = 2, collapsed = 3, some_failed = 4, not_flowing = 5 };

// Bytes [begin, end) of some text.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const Span&) const = default;
};

// The place in a text that an error is about, shown with a caret line below it.
struct Excerpt {
  std::string text;
  Span span;
};

class Error : public std::exception {
 public:
  // `message`: lower case, no full stop. `hint`: what to do, may be empty.
  explicit Error(std::string message, std::string hint = {}, std::optional<Excerpt> at = {},
                 Exit status = Exit::usage);

  const char* what() const noexcept override { return message.c_str(); }

  std::string message;
  std::string hint;
  std::optional<Excerpt> at;
  Exit status;
};

// The whole text for people, ready for stderr:
//   flux: unknown agent 'dubble'
//     dubble|addone
//     ^~~~~~
//   did you mean 'double'? ('flux agents' lists all)
std::string describe(const Error& error);

// The candidate that is most likely meant by `word`: at most a third of its
// letters differ (Damerau-Levenshtein, optimal string alignment). Ties go to the
// first. Nothing if none is near.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

// Text as it may be shown on a terminal: control bytes, broken UTF-8 and what cannot
// be seen become \xNN, and what is longer than `limit` bytes ends in "...".
std::string printable(std::string_view text, std::size_t limit = 120);

// The size of the character at the front of the text, or 0 where its first byte may
// not be shown as it is. Takes no memory: signal handlers may ask. REQUIRES: not empty.
std::size_t visible_length(std::string_view text);

}  // namespace flux
