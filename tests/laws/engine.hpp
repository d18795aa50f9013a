// One run of the real engine inside the test: the plan, the workers, the writes, all
// as the program has them, but between a socket that decides what each read(2)
// returns and files in memory.
//
// Thread safety: none; one run at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/run.hpp"
#include "runtime/summary.hpp"

namespace laws {

struct Way {
  std::size_t workers = 1;
  bool fuse = true;
  bool is_fatal = false;  // --on-error fail
  bool trusts = false;    // --trust-input
  std::size_t max_line = 16 << 20;
  bool keeps_output = true;           // false: results are counted, and thrown away
  bool is_idle_first = false;         // the source gives nothing until `attend` returned
  flux::runtime::Attend attend = {};  // of a live pipeline: whoever perturbs it
};

struct Found {
  std::string out;
  std::string letters;  // the dead-letter file
  flux::runtime::Summary summary;
};

// Whether the types of the pipeline fit: random pipelines are drawn until they do.
bool is_pipeline(const std::string& spec);

// Every part is what one read(2) gets, so that a seed repeats the cuts as well.
// REQUIRES: no part is empty or longer than 64 KiB.
Found run(const std::string& spec, const Way& way, const std::vector<std::string_view>& parts);

// The stream in parts that hold 64 KiB.
Found run(const std::string& spec, const Way& way, std::string_view stream);

// The books of every flux balance, and each flux got what the one before delivered.
void require_balance(const flux::runtime::Summary& summary);

}  // namespace laws
