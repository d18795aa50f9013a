// The walk over a line that is taken to be well-formed: it finds the wanted members, as
// Walk does, and checks their values alone. What is between them is skipped from landmark
// to landmark.
//
// A line that looks wrong is not judged here: whoever asks has Walk look at it.
// Thread safety: none; each Reader has its own.
#pragma once

#include <cstdint>
#include <vector>

#include "json/landmarks.hpp"
#include "json/notes.hpp"
#include "json/wanted.hpp"

namespace flux::json {

class Glance {
 public:
  explicit Glance(const Wanted& wanted);

  // From now on lines of this text. REQUIRES: `landmarks` were built for it.
  void start(const char* text, const Landmarks& landmarks);

  // The first landmark behind the line's newline, or null if something is wrong with it.
  // `value`: the offset of its first byte that is not white space, and not the newline;
  // `mark`: its first landmark.
  const std::uint32_t* run(const Wanted& wanted, std::uint32_t value, const std::uint32_t* mark);

  // Of the last run() that gave not null.
  const Notes& notes() const { return notes_; }

 private:
  using Mark = const std::uint32_t*;

  Mark look_into(const Wanted& wanted, const Wanted::Level& level, Mark mark);
  Mark note(const Wanted& wanted, const Wanted::Name& name, std::uint32_t key_end, Mark mark);
  Mark skip(Mark mark) const;
  bool is_escaped(std::uint32_t key_end);

  Notes notes_;
  std::vector<bool> is_asked_for_;  // by place: and not only what lies below it
  const char* text_ = nullptr;
  const Landmarks* landmarks_ = nullptr;
  std::uint32_t line_begin_ = 0;
  const std::uint32_t* escape_ = nullptr;  // the first \u of the line at hand, or one behind it
};

}  // namespace flux::json
