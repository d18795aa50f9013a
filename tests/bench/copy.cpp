// Copies stdin to stdout, read by read: the least that any filter does.
#include <unistd.h>

#include <vector>

int main() {
  std::vector<char> block(256 << 10);
  for (;;) {
    const ssize_t size = ::read(0, block.data(), block.size());
    if (size <= 0) return size < 0;
    for (ssize_t done = 0; done < size;) {
      const ssize_t written = ::write(1, block.data() + done, static_cast<std::size_t>(size - done));
      if (written < 0) return 1;
      done += written;
    }
  }
}
