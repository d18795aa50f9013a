#include "io/source.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>

#include "core/error.hpp"
#include "io/standard.hpp"

namespace flux::io {

namespace {

// All FILEs are open at once, and the usual soft limit of 1024 descriptors may be too
// few. It stays where it is else: a program that loops over all descriptors, as some
// that `exec` starts do, would take its time.
void make_room_for(std::size_t files) {
  constexpr std::size_t others = 512;  // descriptors of sockets, plugins and children
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || files + others <= limit.rlim_cur) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

Source open_file(const std::string& file) {
  Source source{file, Fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC)), -1, {}};
  if (!source.owned) throw Error(fmt::format("cannot open '{}': {}", printable(file), reason_of(errno)));
  source.fd = source.owned.get();
  ::fstat(source.fd, &source.status);
  if (S_ISDIR(source.status.st_mode))
    throw Error(fmt::format("cannot read '{}': it is a directory", printable(file)), "name the files in it");
  // Smaller files are read ahead whole.
  constexpr off_t kReadAhead = 128 << 10;
  if (S_ISREG(source.status.st_mode) && source.status.st_size > kReadAhead)
    ::posix_fadvise(source.fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  if (S_ISFIFO(source.status.st_mode)) enlarge_pipe(source.fd);
  return source;
}

Source standard_input(bool has_input) {
  if (!has_input) throw Error("stdin is closed", "give a FILE to read, or a stdin", {}, Exit::failed);
  Source source{"stdin", {}, STDIN_FILENO, {}};
  ::fstat(STDIN_FILENO, &source.status);
  if (S_ISDIR(source.status.st_mode)) throw Error("cannot read stdin: it is a directory");
  if (S_ISREG(source.status.st_mode)) source.start = ::lseek(STDIN_FILENO, 0, SEEK_CUR);
  enlarge_pipe(STDIN_FILENO);
  return source;
}

bool is_same_file(const struct stat& a, const struct stat& b) {
  return S_ISREG(a.st_mode) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

}  // namespace

std::vector<Source> open_sources(const std::vector<std::string>& files, bool has_input) {
  std::vector<Source> sources;
  make_room_for(files.size());
  for (const std::string& file : files)
    sources.push_back(file == "-" ? standard_input(has_input) : open_file(file));
  if (files.empty()) sources.push_back(standard_input(has_input));
  return sources;
}

namespace {

// Names of descriptor 1, which leads to stderr by now.
bool is_standard_output(const std::string& file) {
  return file == "-" || file == "/dev/stdout" || file == "/dev/fd/1" || file == "/proc/self/fd/1";
}

Sink open_for_writing(const std::string& file) {
  Sink sink{file, Fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666)), {}};
  if (!sink.fd)
    throw Error(fmt::format("cannot open '{}' for writing: {}", printable(file), reason_of(errno)));
  ::fstat(sink.fd.get(), &sink.status);
  return sink;
}

}  // namespace

Sink open_sink(const std::string& file, Fd standard_output, bool has_output, bool is_live) {
  if (!file.empty() && !is_standard_output(file)) return open_for_writing(file);
  if (!has_output) throw Error("stdout is closed", "give results a place to go: -o FILE", {}, Exit::failed);
  Sink sink{"stdout", std::move(standard_output), {}};
  ::fstat(sink.fd.get(), &sink.status);
  if (!is_live) enlarge_pipe(sink.fd.get());
  return sink;
}

Fd open_pheromones(const std::string& file, const Fd& standard_output, bool results_take_stdout) {
  int descriptor = -1;
  const bool is_number = file.starts_with("fd:");
  if (is_number) {
    const char* const end = file.data() + file.size();
    const auto [last, error] = std::from_chars(file.data() + 3, end, descriptor);
    if (error != std::errc() || last != end || descriptor < 0)
      throw Error(fmt::format("'{}' names no descriptor", printable(file)), "write fd:N, such as fd:3");
  }
  if (file == "-" || descriptor == STDOUT_FILENO) {
    if (results_take_stdout)
      throw Error("signals cannot go to stdout, where results go", "write results to a file: -o FILE");
    descriptor = standard_output.get();
  } else if (!is_number) {
    Sink sink = open_for_writing(file);
    empty(sink);
    return std::move(sink.fd);
  }
  Fd copy(::fcntl(descriptor, F_DUPFD_CLOEXEC, 3));
  if (!copy) throw Error(fmt::format("cannot write to '{}': {}", printable(file), reason_of(errno)));
  return copy;
}

Sink open_dead_letters(const std::string& file) {
  if (is_standard_output(file))
    throw Error("dead letters cannot go to stdout, where results go", "name a file for them");
  return open_for_writing(file);
}

void check_apart(const std::vector<Source>& sources, const Sink& results, const Sink& dead_letters) {
  const char* const way_out = "write to another file, and rename it when flux is done";
  for (const Sink* sink : {&results, &dead_letters}) {
    for (const Source& source : sources) {
      if (!is_same_file(sink->status, source.status)) continue;
      throw Error(fmt::format("'{}' would be written while it is read, as '{}'", printable(sink->name),
                              printable(source.name)),
                  way_out);
    }
  }
  if (is_same_file(results.status, dead_letters.status))
    throw Error(fmt::format("results and dead letters would both go to '{}'", printable(dead_letters.name)),
                "give each a file of its own");
}

void empty(const Sink& sink) {
  struct stat errors {};
  const bool is_stderr = ::fstat(STDERR_FILENO, &errors) == 0 && is_same_file(sink.status, errors);
  if (sink.name == "stdout" || !S_ISREG(sink.status.st_mode) || is_stderr) return;
  if (::ftruncate(sink.fd.get(), 0) != 0)
    throw Error(fmt::format("cannot empty '{}': {}", printable(sink.name), reason_of(errno)), {}, {},
                Exit::failed);
}

}  // namespace flux::io
