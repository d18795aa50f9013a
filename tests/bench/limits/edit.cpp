// What W3 costs at the least: a member appended, another one cut out, and the bytes
// around them copied. The members are found by simdjson's On-Demand parser, which
// checks what it looks at and no more. Single-purpose: what is not as the logs of
// make_data ends it with exit status 1. One thread.
#include <simdjson.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t kBlock = 256 << 10;

char* put(char* to, std::string_view text) {
  std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

// As flux prints a float: the shortest digits that read back, and never as an int.
char* put(char* to, double value) {
  const auto format = value < 1e-4 ? std::chars_format::scientific : std::chars_format::fixed;
  char* const end = std::to_chars(to, to + 32, value, format).ptr;
  const std::string_view digits(to, static_cast<std::size_t>(end - to));
  return digits.find_first_of(".e") == digits.npos ? put(end, ".0") : end;
}

char* edit(simdjson::ondemand::parser& parser, const char* line, std::size_t size, char* to) {
  const simdjson::padded_string_view padded(line, size, size + simdjson::SIMDJSON_PADDING);
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  if (parser.iterate(padded).get(document) != simdjson::SUCCESS) std::_Exit(1);
  if (document.get_object().get(object) != simdjson::SUCCESS) std::_Exit(1);
  const char* cut = nullptr;      // where "msg" begins
  const char* cut_end = nullptr;  // where the member behind it does
  double latency = -1;
  for (auto member : object) {
    simdjson::ondemand::raw_json_string key;
    if (member.key().get(key) != simdjson::SUCCESS) std::_Exit(1);
    const char* const quote = key.raw() - 1;
    if (cut != nullptr && cut_end == nullptr) cut_end = quote;
    if (std::memcmp(quote, "\"msg\"", 5) == 0) cut = quote;
    if (std::memcmp(quote, "\"latency_ms\"", 12) == 0 &&
        member.value().get_double().get(latency) != simdjson::SUCCESS)
      std::_Exit(1);
    if (cut_end != nullptr && latency >= 0) break;
  }
  if (cut_end == nullptr || latency < 0 || line[size - 1] != '}') std::_Exit(1);
  to = put(to, {line, static_cast<std::size_t>(cut - line)});
  to = put(to, {cut_end, static_cast<std::size_t>(line + size - 1 - cut_end)});
  to = put(to, ",\"latency_s\":");
  to = put(to, latency / 1000.0);
  return put(to, "}\n");
}

}  // namespace

int main() {
  std::vector<char> block(kBlock + simdjson::SIMDJSON_PADDING);
  std::vector<char> out(2 * kBlock);
  simdjson::ondemand::parser parser;
  std::size_t filled = 0;
  for (ssize_t count; (count = ::read(0, block.data() + filled, kBlock - filled)) > 0;) {
    filled += static_cast<std::size_t>(count);
    const char* line = block.data();
    const char* const end = block.data() + filled;
    char* to = out.data();
    while (const void* newline = std::memchr(line, '\n', static_cast<std::size_t>(end - line))) {
      const auto size = static_cast<std::size_t>(static_cast<const char*>(newline) - line);
      to = edit(parser, line, size, to);
      line += size + 1;
    }
    for (const char* from = out.data(); from < to;) {
      const ssize_t written = ::write(1, from, static_cast<std::size_t>(to - from));
      if (written <= 0) return 1;
      from += written;
    }
    filled = static_cast<std::size_t>(end - line);
    std::memmove(block.data(), line, filled);
  }
  return 0;
}
