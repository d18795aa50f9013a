// The walk over a line that is taken to be well-formed: it finds the wanted members, as
// Walk does, and checks their values alone. It goes from one key that looks wanted to the
// next; how deep one stands, the brackets in between tell.
//
// A line that looks wrong is not judged here: whoever asks has Walk look at it.
// Thread safety: none; each Reader has its own.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "json/notes.hpp"
#include "json/wanted.hpp"

namespace flux::json {

class Glance {
 public:
  explicit Glance(const Wanted& wanted);

  struct Line {
    std::uint32_t begin;         // offset of the first byte that is not white space
    const std::uint32_t* marks;  // its landmarks
    const std::uint32_t* end;    // the last of them, its newline
  };

  // False if something is wrong with the line, or nothing can be said without more ado.
  // `text` is what offsets count from. REQUIRES: the line is not blank.
  bool run(const Wanted& wanted, const char* text, const Line& line);

  // Of the last run() that gave true.
  const Notes& notes() const { return notes_; }

 private:
  // An object in which members are wanted.
  struct Object {
    const Wanted::Level* level;
    std::size_t end;  // behind its closing brace
  };

  bool look_at_key(const Wanted& wanted, std::size_t key_end);
  bool note(const Wanted& wanted, const Wanted::Name& name, const Member& member);
  bool may_spell_a_key(std::size_t digit);

  Notes notes_;
  std::vector<bool> is_asked_for_;        // by place: and not only what lies below it
  std::array<bool, 256> is_in_a_name_{};  // by character
  // Of the line at hand.
  std::string_view text_;  // all up to the last byte of its value
  std::uint32_t begin_ = 0;
  std::vector<Object> objects_;  // those that are open, the innermost last
  std::size_t at_ = 0;           // how far it is known how deep brackets are nested: outside strings
  std::int32_t depth_ = 0;       // inside the innermost of objects_
  std::size_t string_end_ = 0;   // of the last string with an escape that was looked at
};

}  // namespace flux::json
