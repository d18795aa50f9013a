#include "spec/text_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>
#include <system_error>

#include "spec/ast.hpp"

namespace flux::spec {

namespace {

// Nobody writes so much by hand: somebody gave the events for the config.
constexpr std::size_t kMaxSize = 16 << 20;

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

Error cannot_read(const std::string& path, int reason) {
  const std::string name = printable(path);
  if (reason == ENOENT) return Error(fmt::format("there is no file '{}'", name), "check the name");
  if (reason == EISDIR)
    return Error(fmt::format("'{}' is a directory, not a file", name), "name a file in it");
  return Error(fmt::format("cannot read '{}': {}", name, std::generic_category().message(reason)),
               "check who may read it");
}

// The span's line alone: a file has too many to show, or to carry along.
Excerpt line_of(std::string_view text, Span span) {
  const std::size_t newline = text.substr(0, span.begin).rfind('\n');
  const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  const std::size_t end = std::min(text.find('\n', span.begin), text.size());
  return excerpt_of(text.substr(begin, end - begin), {span.begin - begin, std::min(span.end, end) - begin});
}

}  // namespace

std::string TextFile::place(std::size_t offset) const {
  const std::string_view before = std::string_view(text).substr(0, offset);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t newline = before.rfind('\n');
  const std::string_view in_line = newline == before.npos ? before : before.substr(newline + 1);
  const auto is_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  const auto column = 1 + std::count_if(in_line.begin(), in_line.end(), is_character);
  return fmt::format("{}:{}:{}", printable(name), line, column);
}

Error TextFile::error(Span span, const std::string& message, std::string hint) const {
  return Error(fmt::format("{}: {}", place(span.begin), message), std::move(hint), line_of(text, span));
}

TextFile read_text_file(const std::string& path) {
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rbe"));
  if (!file) throw cannot_read(path, errno);
  TextFile read{path, {}};
  std::array<char, 64 << 10> bytes;
  while (const std::size_t size = std::fread(bytes.data(), 1, bytes.size(), file.get())) {
    read.text.append(bytes.data(), size);
    if (read.text.size() > kMaxSize)
      throw Error(fmt::format("'{}' is larger than 16 MiB", printable(path)),
                  "name a config file here; files of events stand behind the pipeline");
  }
  if (std::ferror(file.get()) != 0) throw cannot_read(path, errno);
  return read;
}

}  // namespace flux::spec
