#include "control/unix_socket.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "core/error.hpp"

namespace flux::control {

namespace {

// The name of a socket at which nobody listens yet.
std::string unborn(const std::string& path) { return path + '~'; }

void require_short(const std::string& path) {
  const std::size_t most = sizeof sockaddr_un::sun_path - 1;
  if (unborn(path).size() > most)
    throw Error(fmt::format("the path of the socket is too long: '{}'", printable(path)),
                fmt::format("a socket's path has at most {} bytes", most - unborn({}).size()));
}

// REQUIRES: it is short enough.
sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, path.size());
  return address;
}

io::Fd new_socket() {
  io::Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd) throw Error("cannot make a socket: " + io::reason_of(errno), {}, {}, Exit::failed);
  return fd;
}

int connect(const io::Fd& fd, const sockaddr_un& address) {
  return ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? 0 : errno;
}

// Whoever may write there could put a socket of his own in the place of ours.
void require_safe_directory(const std::string& path) {
  std::string directory = std::filesystem::path(path).parent_path().string();
  if (directory.empty()) directory = ".";
  struct stat status {};
  if (::stat(directory.c_str(), &status) != 0)
    throw Error(fmt::format("cannot put a socket into '{}': {}", printable(directory), io::reason_of(errno)));
  if (!S_ISDIR(status.st_mode))
    throw Error(fmt::format("cannot put a socket into '{}': it is no directory", printable(directory)));
  const bool is_ours = status.st_uid == ::geteuid() || status.st_uid == 0;
  const bool is_open = (status.st_mode & (S_IWGRP | S_IWOTH)) != 0 && (status.st_mode & S_ISVTX) == 0;
  if (!is_ours || is_open)
    throw Error(fmt::format("the directory '{}' can be changed by others", printable(directory)),
                "put the socket into one that is yours alone, such as $XDG_RUNTIME_DIR");
}

// A socket that nobody listens at any more is taken away.
void make_way(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return;
  if (!S_ISSOCK(status.st_mode))
    throw Error(fmt::format("'{}' is there already, and is no socket", printable(path)),
                "name another path, or take it away");
  const int error = connect(new_socket(), address_of(path));
  if (error == 0)
    throw Error(fmt::format("a pipeline listens at '{}' already", printable(path)), "name another path");
  if (error != ECONNREFUSED || ::unlink(path.c_str()) != 0)
    throw Error(fmt::format("cannot replace the socket '{}': {}", printable(path), io::reason_of(errno)));
}

// 0 or what is wrong. Nothing that stands there in the meantime is replaced, where the file
// system can promise that.
int rename_to(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL) return errno;
  return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

bool is_one_of_us(int fd) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
  return peer.uid == ::geteuid() || peer.uid == 0;
}

}  // namespace

// It gets its name last: whoever sees the socket can connect to it.
Listener::Listener(const std::string& path) : path_(path) {
  require_short(path);
  require_safe_directory(path);
  make_way(path);
  const std::string name = unborn(path);
  make_way(name);
  const sockaddr_un address = address_of(name);
  fd_ = new_socket();
  const mode_t before = ::umask(0177);
  const bool is_bound = ::bind(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  int error = is_bound ? 0 : errno;
  ::umask(before);
  if (error == 0 && ::listen(fd_.get(), 16) != 0) error = errno;
  if (error == 0) error = rename_to(name, path);
  if (error != 0) {
    if (is_bound) ::unlink(name.c_str());
    throw Error(fmt::format("cannot listen at '{}': {}", printable(path), io::reason_of(error)));
  }
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0) {
    device_ = status.st_dev;
    inode_ = status.st_ino;
  }
}

Listener::~Listener() {
  struct stat status {};
  const bool is_ours =
      fd_ && ::lstat(path_.c_str(), &status) == 0 && status.st_dev == device_ && status.st_ino == inode_;
  if (is_ours) ::unlink(path_.c_str());
}

io::Fd Listener::accept() const {
  for (;;) {
    pollfd fds[] = {{fd_.get(), POLLIN, 0}, {stop_.fd(), POLLIN, 0}};
    if (::poll(fds, 2, -1) < 0) continue;
    if (fds[1].revents != 0) return {};
    io::Fd peer(::accept4(fd_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (peer && is_one_of_us(peer.get())) return peer;
  }
}

io::Fd connect_to(const std::string& path) {
  require_short(path);
  const sockaddr_un address = address_of(path);
  io::Fd fd = new_socket();
  if (const int error = connect(fd, address))
    throw Error(fmt::format("no pipeline listens at '{}': {}", printable(path), io::reason_of(error)),
                "flux run --control PATH opens such a socket", {}, Exit::not_flowing);
  return fd;
}

}  // namespace flux::control
