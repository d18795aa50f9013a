#include "misfit.hpp"

std::string describe(const Misfit& misfit, std::string_view line) {
  constexpr std::size_t kEnough = 32;  // bytes: to recognise the place by
  std::string message = "expected ";
  message += misfit.expected;
  message += " at column " + std::to_string(misfit.offset + 1) + ", found ";
  const std::string_view rest = line.substr(misfit.offset);
  if (rest.empty()) return message + "the end of the line";
  std::size_t size = rest.size();
  if (size > kEnough) {
    size = kEnough;
    // Not within a character.
    while (size > 0 && (static_cast<unsigned char>(rest[size]) & 0xC0) == 0x80) --size;
  }
  message += "'";
  message += rest.substr(0, size);
  message += size == rest.size() ? "'" : "...'";
  return message;
}
