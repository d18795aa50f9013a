// Descriptors 0, 1 and 2, made safe once at the start: a closed one is noticed and
// its number occupied, so that no file that is opened later becomes stdout by
// accident; and stdout moves to a private descriptor while number 1 leads to
// stderr, so that a plugin's printf cannot corrupt results.
//
// Thread safety: call secure_standard_streams once, before any thread starts.
#pragma once

#include "io/fd.hpp"

namespace flux::io {

struct StandardStreams {
  bool has_input = false;   // descriptor 0 was open
  bool has_output = false;  // descriptor 1 was open
  Fd output;                // the real stdout
};

StandardStreams secure_standard_streams();

// Asks the kernel for a 1 MiB pipe (a default one, 64 KiB, carries a third of the
// bytes per second). Quietly does nothing where `fd` is no pipe or the limit of
// the user is reached.
void enlarge_pipe(int fd);

}  // namespace flux::io
