// HMAC-SHA256 (RFC 2104 over FIPS 180-4): a hash that only who knows the key can make.
//
// Immutable once built; safe to use from any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace shape {

class HmacSha256 {
 public:
  using Digest = std::array<std::uint8_t, 32>;

  explicit HmacSha256(std::string_view key);

  Digest of(std::string_view message) const;

 private:
  using State = std::array<std::uint32_t, 8>;

  static Digest finish(State state, std::string_view rest, std::uint64_t before);

  State inner_;  // after the block that the key makes
  State outer_;
};

}  // namespace shape
