// What W2 costs at the least with simdjson: lines whose "level" is "error", copied.
//
//   filter dom         every byte is checked: the DOM parser
//   filter on-demand   only what is looked at is checked
//
// Single-purpose: no errors but exit status 1, no plugins, one thread.
#include <simdjson.h>
#include <unistd.h>

#include <cstring>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t kBlock = 256 << 10;

class Sink {
 public:
  void put(std::string_view text) {
    if (used_ + text.size() > kBlock) flush();
    std::memcpy(bytes_.data() + used_, text.data(), text.size());
    used_ += text.size();
  }
  void flush() {
    for (std::size_t at = 0; at < used_;) {
      const ssize_t written = ::write(1, bytes_.data() + at, used_ - at);
      if (written <= 0) std::_Exit(1);
      at += static_cast<std::size_t>(written);
    }
    used_ = 0;
  }

 private:
  std::vector<char> bytes_ = std::vector<char>(kBlock);
  std::size_t used_ = 0;
};

template <class IsWanted>
void filter(IsWanted is_wanted) {
  std::vector<char> block(kBlock + simdjson::SIMDJSON_PADDING);
  Sink sink;
  std::size_t filled = 0;
  for (ssize_t count; (count = ::read(0, block.data() + filled, kBlock - filled)) > 0;) {
    filled += static_cast<std::size_t>(count);
    char* line = block.data();
    char* const end = block.data() + filled;
    while (char* newline =
               static_cast<char*>(std::memchr(line, '\n', static_cast<std::size_t>(end - line)))) {
      const auto size = static_cast<std::size_t>(newline - line);
      if (is_wanted(line, size)) sink.put({line, size + 1});
      line = newline + 1;
    }
    filled = static_cast<std::size_t>(end - line);
    std::memmove(block.data(), line, filled);
  }
  sink.flush();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "dom") == 0) {
    simdjson::dom::parser parser;
    filter([&](const char* line, std::size_t size) {
      std::string_view level;
      if (parser.parse(line, size, false)["level"].get(level) != simdjson::SUCCESS) std::_Exit(1);
      return level == "error";
    });
  } else {
    simdjson::ondemand::parser parser;
    filter([&](const char* line, std::size_t size) {
      const simdjson::padded_string_view padded(line, size, size + simdjson::SIMDJSON_PADDING);
      simdjson::ondemand::document document;
      std::string_view level;
      if (parser.iterate(padded).get(document) != simdjson::SUCCESS) std::_Exit(1);
      if (document["level"].get(level) != simdjson::SUCCESS) std::_Exit(1);
      return level == "error";
    });
  }
  return 0;
}
