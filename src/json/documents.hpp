// Chunks of lines to documents: which lines are JSON, and where in them the wanted
// members stand. No tape, no copies: only offsets into the chunk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/arena.hpp"
#include "json/glance.hpp"
#include "json/landmarks.hpp"
#include "json/line_index.hpp"
#include "json/structural_index.hpp"
#include "json/walk.hpp"
#include "json/wanted.hpp"

namespace flux::json {

enum class Status : std::uint8_t { ok, bad };

// How much of a line is checked.
enum class Check : std::uint8_t {
  everything,  // a line is ok exactly if find_flaw() finds nothing in it
  wanted       // what is not asked for is taken to be well-formed
};

// One row per line that is not blank. The arrays lie in the arena of the read().
struct Documents {
  std::size_t count = 0;  // rows
  std::size_t slots = 0;  // wanted members per row
  std::size_t lines = 0;  // physical lines of the chunk, blank ones included
  bool all_ok = true;
  bool is_checked = true;  // all of every line that is ok; else only its members

  // The bytes of the value, without white space around it; of a bad line, the
  // whole line without its newline ("\n" or "\r\n").
  std::span<std::uint32_t> begin, end;
  std::span<std::uint32_t> line;  // which physical line of the chunk, from 0
  std::span<Status> status;
  // 1: a wanted name, or a name on the way to one, stands twice in the same object.
  // The last one is the member. A program that edits the line must look for the rest.
  std::span<std::uint8_t> duplicates;
  // Row after row, slot after slot. All missing in bad lines and where the value is
  // no object (chunk[begin[row]] is not '{').
  std::span<Member> members;

  const Member& member(std::size_t row, std::size_t slot) const { return members[row * slots + slot]; }
};

// Reads one chunk after the other; keeps its scratch memory in between.
//
// Under Check::everything a line's verdict is find_flaw()'s, whatever its neighbours.
// Under Check::wanted a line without flaw gives the same; one with a flaw may be ok, but
// the members that it is said to have are JSON values that stand in it, and it ends at
// its newline.
//
// How one pass of stage 1 can judge many lines at once: a newline is a control
// character, so a string that ran over the end of a line makes the pass fail. If it
// succeeds, every line starts and ends outside strings, and its tokens are those it
// would have alone. If it fails, some line is bad; the chunk is halved until that
// line is alone, so that it cannot touch the others.
//
// Thread safety: none; one per worker.
class Reader {
 public:
  explicit Reader(Wanted wanted, Check check = Check::everything);

  // REQUIRES: whole lines, so chunk ends in '\n' (or is empty); 64 bytes readable
  // behind it, and three in front; size below 2^31.
  Documents read(std::string_view chunk, Arena& arena);

  const Wanted& wanted() const { return wanted_; }

 private:
  void read_lines(const char* chunk, std::size_t first, std::size_t last, Documents& documents);
  void walk_lines(const char* chunk, std::size_t first, std::size_t last, Documents& documents);
  void add_bad(const char* chunk, std::size_t line, Documents& documents);
  void add_ok(const char* chunk, std::size_t line, std::uint32_t begin, const Notes& notes,
              Documents& documents);
  void make_room(std::size_t lines, Documents& documents, Arena& arena) const;
  void trust_lines(const char* chunk, Documents& documents);
  void glance_at_lines(std::string_view chunk, Documents& documents);
  std::uint32_t line_begin(std::size_t line) const { return line == 0 ? 0 : line_ends_[line - 1] + 1; }

  Wanted wanted_;
  const Check check_;
  Walk walk_;
  Glance glance_;
  Landmarks landmarks_;
  StructuralIndex index_;
  LineIndex lines_;
  std::vector<std::uint32_t> seen_ends_;      // where the glance found the lines to end
  std::span<const std::uint32_t> line_ends_;  // offset of the '\n' of each line of the chunk
};

}  // namespace flux::json
