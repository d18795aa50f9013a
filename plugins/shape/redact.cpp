// Values that must not be seen by those who get the events.
#include <algorithm>
#include <array>
#include <cstddef>
#include <flux/agent.hpp>
#include <flux/json_reader.hpp>
#include <flux/json_writer.hpp>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "hmac_sha256.hpp"

namespace shape {
namespace {

// What an event holds under a name.
struct Found {
  std::optional<flux::Json> value;  // as whoever reads the event would see it: the last one
  bool is_anywhere = false;         // a value that is not null, perhaps of a name that stands twice
};

// Its value goes with that of the other.
bool lies_within_another(const flux::Member& path, const std::vector<flux::Member>& paths) {
  return std::any_of(paths.begin(), paths.end(), [&path](const flux::Member& other) {
    return other.names.size() < path.names.size() &&
           std::equal(other.names.begin(), other.names.end(), path.names.begin());
  });
}

bool is_called(flux::Json key, const std::string& name) {
  const std::string_view raw = key.text.substr(1, key.text.size() - 2);
  if (raw.find('\\') == std::string_view::npos) return raw == name;
  return flux::text_of(key) == name;
}

void look(flux::Json object, std::span<const std::string> names, Found& found) {
  flux::each_member(object, [&](flux::Json key, flux::Json value) {
    if (!is_called(key, names[0])) return;
    found.value.reset();
    if (names.size() > 1) {
      if (flux::is_object(value)) look(value, names.subspan(1), found);
    } else if (value.text != "null") {
      found.value = value;
      found.is_anywhere = true;
    }
  });
}

class Redact : public flux::Extend {
 public:
  struct Config {
    std::vector<flux::Member> paths;
    std::optional<std::string> key;
    std::string mask = "***";
  };
  static constexpr auto params = std::tuple{
      flux::param("paths", &Config::paths, "The members whose values are replaced; null stays null")
          .rest()
          .required(),
      flux::param(
          "key", &Config::key,
          "Instead of the mask the value's HMAC-SHA256 under this key, its first 128 bits in 32 "
          "hexadecimal digits: the same value has the same one. A key that can be guessed hides nothing"),
      flux::param("mask", &Config::mask, "What stands in the place of every value")};
  static constexpr auto examples = std::array{
      flux::example(
          "redact(password, user.email)",
          "{\"password\": \"x\", \"user\": {\"email\": \"ann@example.org\", \"id\": 7}}\n{\"n\": 1}\n",
          "{\"password\": \"***\", \"user\": {\"email\": \"***\", \"id\": 7}}\n{\"n\": 1}\n"),
      flux::example("redact(ip, key=\"not a secret\")", "{\"ip\":\"10.0.0.1\"}\n",
                    "{\"ip\":\"e56199470a7c556b0d9fe4b108b2a85d\"}\n")};

  explicit Redact(const Config& config) {
    for (const flux::Member& path : config.paths)
      if (!lies_within_another(path, config.paths)) paths_.push_back(path);
    flux::JsonWriter json;
    json.value(config.mask);
    mask_ = json.take();
    if (!config.key) return;
    if (config.key->empty()) throw std::invalid_argument("the key is empty");
    hash_.emplace(*config.key);
  }

  void describe(flux::Ports& ports) const {
    for (const flux::Member& path : paths_) ports.sets(path);
  }
  void invoke(flux::Json event, flux::Edits& edits) const {
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      Found found;
      look(event, paths_[i].names, found);
      if (found.value) {
        put(*found.value, i, edits);
      } else if (found.is_anywhere) {
        edits.remove(i);  // behind a null or a missing one: nothing of it may stay
      }
    }
  }

 private:
  void put(flux::Json value, std::size_t index, flux::Edits& edits) const {
    if (!hash_) return edits.set(index, {mask_});
    constexpr std::string_view kDigits = "0123456789abcdef";
    constexpr std::size_t kBytes = 16;
    const std::string said = flux::is_string(value) ? flux::text_of(value) : std::string(value.text);
    const HmacSha256::Digest digest = hash_->of(said);
    std::array<char, 2 * kBytes + 2> text;
    text.front() = text.back() = '"';
    for (std::size_t i = 0; i < kBytes; ++i) {
      text[2 * i + 1] = kDigits[digest[i] >> 4];
      text[2 * i + 2] = kDigits[digest[i] & 0xF];
    }
    edits.set(index, {{text.data(), text.size()}});
  }

  std::vector<flux::Member> paths_;
  std::string mask_;  // as JSON
  std::optional<HmacSha256> hash_;
};
FLUX_AGENT(Redact, "redact", "Replaces values by a mask or a keyed hash", FLUX_PURE | FLUX_CONCURRENT);

}  // namespace
}  // namespace shape
