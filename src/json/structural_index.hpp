// Where the tokens of a text start: simdjson's stage 1, wrapped.
//
// A text it accepts is valid UTF-8, every string in it is closed, and no string
// holds a control character. Everything else is for the reader of the index.
// Thread safety: none; each Reader has its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace simdjson::internal {
class dom_parser_implementation;
}

namespace flux::json {

class StructuralIndex {
 public:
  enum class Outcome : std::uint8_t { ok, no_token, bad };

  StructuralIndex();
  ~StructuralIndex();
  StructuralIndex(StructuralIndex&&) noexcept;
  StructuralIndex& operator=(StructuralIndex&&) noexcept;

  // Makes room for texts of up to `size` bytes, and gives back the room that an
  // unusually large one took earlier.
  void fit(std::size_t size);

  // REQUIRES: size is no more than the last fit().
  Outcome build(const char* text, std::size_t size);

  // The offset of every { } [ ] : , outside strings and of the first byte of every
  // string, number and word, ascending; then twice the size of the text. So a
  // reader whom no token at text[size] can please never runs over the end, even if
  // it peeks one token ahead. Valid until the next fit() or build().
  const std::uint32_t* tokens() const;

 private:
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser_;
  std::size_t capacity_ = 0;
};

}  // namespace flux::json
