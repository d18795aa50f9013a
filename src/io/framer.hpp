// Cuts sources into blocks of whole lines, one read(2) at a time.
//
// A line that is longer than the limit is not stored: its beginning is handed out
// as a block of its own, the rest is skipped. So memory is bounded by the limit,
// whatever comes in.
// Thread safety: none; belongs to the holder of the reading turn.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "io/block.hpp"
#include "io/source.hpp"

namespace flux::io {

// Whole lines within a block.
struct Cut {
  std::string_view text;        // ends with '\n'; empty where there is no line yet
  std::size_t source = 0;       // index of the source
  std::uint64_t offset = 0;     // of text[0] in the source, in bytes
  std::uint64_t bytes = 0;      // how many bytes of the source this stands for
  bool is_oversized = false;    // text is the beginning of one line that was too long
  bool starts_source = false;   // line numbers begin again at 1
  bool more_is_likely = false;  // the source is faster than we are: a full read, or a file
};

class Framer {
 public:
  // `read_size`: bytes asked for at once. `max_line`: bytes without "\n" or "\r\n".
  Framer(std::vector<Source> sources, std::size_t read_size, std::size_t max_line);

  enum class Got { lines, part, end };
  // One read(2) into the block. lines: `cut` has at least one line, or bytes that
  // were skipped. part: not yet a whole line. end: all sources are exhausted. Throws Error on EIO and the
  // like.
  Got read(Block& block, Cut& cut);

  // Whether all sources are exhausted.
  bool is_at_end() const { return current_ == sources_.size(); }

  // What to poll for the next read. REQUIRES: there is a source left.
  int fd() const { return sources_[current_].fd; }
  // Whether that read will not wait, whatever poll() says. REQUIRES: likewise.
  bool never_waits() const { return S_ISREG(sources_[current_].status.st_mode); }
  const std::string& name_of(std::size_t source) const { return sources_[source].name; }
  const Source& source(std::size_t index) const { return sources_[index]; }

 private:
  Got at_end(Block& block, Cut& cut);
  Got finish(Cut& cut, std::string_view text, std::uint64_t bytes);
  bool is_too_long() const;
  Got oversized(Block& block, Cut& cut);
  Got take_long(Block& block, Cut& cut, std::size_t searched);
  std::size_t skip(const char* bytes, std::size_t size);
  ssize_t read_some(char* to);
  void note_read(std::size_t size);

  std::vector<Source> sources_;
  const std::size_t read_size_;
  const std::size_t max_line_;
  std::size_t current_ = 0;
  off_t read_ = 0;             // bytes of the current source
  bool is_exhausted_ = false;  // there is no more of it: one read less for each of many small files
  std::uint64_t offset_ = 0;   // of carry_[0] in the current source
  bool starts_source_ = true;  // nothing of the current source was handed out yet
  bool is_skipping_ = false;   // in the rest of a line that was too long
  std::uint64_t skipped_ = 0;  // bytes of it, to be counted with the next cut
  std::string carry_;          // the beginning of a line
};

}  // namespace flux::io
