#include "io/framer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/error.hpp"

namespace flux::io {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kShownOfOversized = 4096;  // enough to recognise the line by

// A whole number of UTF-8 characters, as far as the text is UTF-8 at all.
std::string_view whole_characters(std::string_view text) {
  std::size_t size = text.size();
  while (size > 0 && text.size() - size < 3 && (static_cast<unsigned char>(text[size - 1]) & 0xC0) == 0x80)
    --size;
  if (size > 0 && static_cast<unsigned char>(text[size - 1]) >= 0xC0) return text.substr(0, size - 1);
  return text;
}

}  // namespace

Framer::Framer(std::vector<Source> sources, std::size_t read_size, std::size_t max_line)
    : sources_(std::move(sources)), read_size_(read_size), max_line_(max_line) {}

Framer::Got Framer::read(Block& block, Cut& cut) {
  if (current_ == sources_.size()) return Got::end;
  cut = {};
  cut.source = current_;
  if (is_exhausted_) return at_end(block, cut);
  const bool is_long = carry_.size() >= read_size_;
  if (is_long) {
    // The line is longer than a read: it grows where it is, not by being copied
    // into a new block every time.
    const std::size_t searched = carry_.size();
    carry_.resize(searched + read_size_);
    const ssize_t got = read_some(carry_.data() + searched);
    carry_.resize(searched + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0) return Got::part;
    if (got == 0) return at_end(block, cut);
    return take_long(block, cut, searched);
  }
  char* to = block.prepare(carry_.size(), read_size_);
  const ssize_t got = read_some(to);
  if (got < 0) return Got::part;
  if (got == 0) return at_end(block, cut);
  auto size = static_cast<std::size_t>(got);
  cut.more_is_likely = size == read_size_ || never_waits();
  if (is_skipping_) {
    const std::size_t gone = skip(to, size);
    to += gone;
    size -= gone;
    if (size == 0) return Got::part;
  }
  const auto* newline = static_cast<const char*>(::memrchr(to, '\n', size));
  if (newline == nullptr) {
    carry_.append(to, size);
    return is_too_long() ? oversized(block, cut) : Got::part;
  }
  char* begin = to - carry_.size();
  std::memcpy(begin, carry_.data(), carry_.size());
  const std::string_view text(begin, static_cast<std::size_t>(newline + 1 - begin));
  carry_.assign(newline + 1, static_cast<std::size_t>(to + size - (newline + 1)));
  return finish(cut, text, text.size());
}

// One read(2); -1 where there is nothing just now.
ssize_t Framer::read_some(char* to) {
  for (;;) {
    const ssize_t got = ::read(sources_[current_].fd, to, read_size_);
    if (got >= 0) {
      note_read(static_cast<std::size_t>(got));
      return got;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) return -1;
    if (errno == EINTR) continue;
    throw Error(fmt::format("cannot read '{}': {}", printable(sources_[current_].name), reason_of(errno)), {},
                {}, Exit::failed);
  }
}

// A short read of a file ends where the file does; those of /proc have no size to tell.
void Framer::note_read(std::size_t size) {
  const Source& source = sources_[current_];
  read_ += static_cast<off_t>(size);
  const bool has_all = source.status.st_size > 0 && source.start + read_ >= source.status.st_size;
  is_exhausted_ = never_waits() && size < read_size_ && has_all;
}

// A long line, or several, of which the bytes before `searched` hold no newline.
Framer::Got Framer::take_long(Block& block, Cut& cut, std::size_t searched) {
  const auto* newline =
      static_cast<const char*>(::memrchr(carry_.data() + searched, '\n', carry_.size() - searched));
  if (newline == nullptr) return is_too_long() ? oversized(block, cut) : Got::part;
  const auto size = static_cast<std::size_t>(newline + 1 - carry_.data());
  char* begin = block.prepare(0, size);
  std::memcpy(begin, carry_.data(), size);
  carry_.erase(0, size);
  if (carry_.capacity() > 4 * read_size_) carry_.shrink_to_fit();
  return finish(cut, {begin, size}, size);
}

Framer::Got Framer::finish(Cut& cut, std::string_view text, std::uint64_t bytes) {
  cut.offset = offset_;
  cut.bytes = bytes + skipped_;
  cut.starts_source = starts_source_;
  if (offset_ == 0 && text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
    cut.offset = kByteOrderMark.size();
  }
  cut.text = text;
  offset_ += bytes;
  skipped_ = 0;
  starts_source_ = false;
  return Got::lines;
}

// Whether the line that begins in carry_ is too long already. A '\r' may turn out to
// be half of its end.
bool Framer::is_too_long() const {
  std::size_t size = carry_.size();
  if (carry_.ends_with('\r')) --size;
  if (offset_ == 0 && carry_.starts_with(kByteOrderMark)) size -= kByteOrderMark.size();
  return size > max_line_;
}

// Hands out the beginning of the line in carry_, which is too long already.
Framer::Got Framer::oversized(Block& block, Cut& cut) {
  const std::string_view shown = whole_characters(std::string_view(carry_).substr(0, kShownOfOversized));
  char* begin = block.prepare(0, shown.size() + 1);
  std::memcpy(begin, shown.data(), shown.size());
  begin[shown.size()] = '\n';
  cut.is_oversized = true;
  const std::uint64_t bytes = carry_.size();
  carry_.clear();
  carry_.shrink_to_fit();
  is_skipping_ = true;
  return finish(cut, {begin, shown.size() + 1}, bytes);
}

// In the rest of a line that was too long: how many of these bytes belong to it.
std::size_t Framer::skip(const char* bytes, std::size_t size) {
  const auto* newline = static_cast<const char*>(std::memchr(bytes, '\n', size));
  const std::size_t gone = newline == nullptr ? size : static_cast<std::size_t>(newline + 1 - bytes);
  offset_ += gone;
  skipped_ += gone;
  if (newline != nullptr) is_skipping_ = false;
  return gone;
}

// The current source is exhausted: a last line without newline counts.
Framer::Got Framer::at_end(Block& block, Cut& cut) {
  Got got = Got::part;
  if (!carry_.empty()) {
    char* begin = block.prepare(0, carry_.size() + 1);
    std::memcpy(begin, carry_.data(), carry_.size());
    begin[carry_.size()] = '\n';
    const std::size_t size = carry_.size();
    carry_.clear();
    got = finish(cut, {begin, size + 1}, size);
  } else if (skipped_ > 0) {
    got = finish(cut, {}, 0);  // nothing but the bytes that were skipped
  }
  ++current_;
  read_ = 0;
  is_exhausted_ = false;
  offset_ = 0;
  is_skipping_ = false;
  starts_source_ = true;
  if (current_ == sources_.size() && got == Got::part) return Got::end;
  return got;
}

}  // namespace flux::io
