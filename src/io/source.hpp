// Where events come from: files and stdin, all opened before anything is read.
//
// Thread safety: none; belongs to the framer that reads from it.
#pragma once

#include <sys/stat.h>

#include <string>
#include <vector>

#include "io/fd.hpp"

namespace flux::io {

struct Source {
  std::string name;  // as given; stdin is "stdin"
  Fd owned;          // of a file
  int fd = -1;
  struct stat status {};
  off_t start = 0;  // where in a regular file we begin: others may have read from our stdin
};

// Opens every FILE; "-" is stdin, and no FILE at all is stdin too. Throws Error
// for the first that is missing, a directory or unreadable (exit status 2), and
// where stdin is wanted but closed (exit status 1).
std::vector<Source> open_sources(const std::vector<std::string>& files, bool has_input);

// Where results go: a file, or the private stdout. Or where dead letters go.
struct Sink {
  std::string name;  // "stdout", or the file
  Fd fd;
  struct stat status {};
};

// Opens the file, or takes stdout where it is empty, "-" or /dev/stdout. What stands
// in the file is still there: see empty(). `is_live`: stdout shows what happens now, and
// so its pipe is not enlarged: a megabyte of stale events would wait there.
Sink open_sink(const std::string& file, Fd standard_output, bool has_output, bool is_live = false);

// Where signals go: a file, fd:N, or stdout ("-"), which results must not go to then.
Fd open_pheromones(const std::string& file, const Fd& standard_output, bool results_take_stdout);

// A file only: dead letters do not go where results go.
Sink open_dead_letters(const std::string& file);

// Throws Error where a sink is the very file that is read, or the other sink: they
// would eat each other.
void check_apart(const std::vector<Source>& sources, const Sink& results, const Sink& dead_letters);

// Empties what the file held. Our own stderr keeps what was said there.
void empty(const Sink& sink);

}  // namespace flux::io
