// What W1 costs at the least with the digits of the standard library: x * 2 + 1 for
// each line, std::from_chars and std::to_chars, blocks of 256 KiB, one thread.
#include <unistd.h>

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

int main() {
  constexpr std::size_t block_size = 256 << 10;
  std::vector<char> block(block_size);
  std::vector<char> out(4 * block_size);
  std::size_t filled = 0;
  for (ssize_t count; (count = ::read(0, block.data() + filled, block_size - filled)) > 0;) {
    filled += static_cast<std::size_t>(count);
    const char* line = block.data();
    const char* const end = block.data() + filled;
    char* to = out.data();
    while (line < end) {
      std::int64_t x = 0;
      const auto [last, error] = std::from_chars(line, end, x);
      if (last == end || error != std::errc()) break;
      to = std::to_chars(to, out.data() + out.size(), x * 2 + 1).ptr;
      *to++ = '\n';
      line = last + 1;
    }
    if (::write(1, out.data(), static_cast<std::size_t>(to - out.data())) < 0) return 1;
    filled = static_cast<std::size_t>(end - line);
    std::memmove(block.data(), line, filled);
  }
  return 0;
}
