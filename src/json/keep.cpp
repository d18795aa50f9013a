// One copy, from left to right. A member that stays brings along the comma before it
// with the white space around; the first one, what stood behind the opening brace.
#include "json/keep.hpp"

#include <cstddef>
#include <cstring>
#include <string>

#include "json/members.hpp"
#include "json/string.hpp"

namespace flux::json {
namespace {

class Keeper {
 public:
  Keeper(std::string_view text, const Wanted& wanted, const std::vector<bool>& is_whole, char* out)
      : text_(text), wanted_(wanted), is_whole_(is_whole), out_(out) {}

  // Puts the object at `open`; false if none of its members stay.
  bool put_object(std::size_t open, const Wanted::Level& level) {
    put(open, open + 1);
    std::size_t first_key = open + 1;
    bool is_any_put = false;
    Members member(text_, open);
    for (std::size_t last_end = open + 1; member.next(); last_end = member.value_end()) {
      if (last_end == open + 1) first_key = member.key_begin();
      const Wanted::Name* name = find(level, member);
      if (name == nullptr) continue;
      char* const start = out_;
      if (is_any_put) {
        put(last_end, member.key_begin());
      } else {
        put(open + 1, first_key);
      }
      if (put_member(member, *name)) {
        is_any_put = true;
      } else {
        out_ = start;
      }
    }
    if (!is_any_put) put(open + 1, first_key);
    put(member.value_end(), text_.find('}', member.value_end()) + 1);
    return is_any_put;
  }

  char* end() const { return out_; }

 private:
  bool put_member(const Members& member, const Wanted::Name& name) {
    if (is_whole_[name.place]) {
      put(member.key_begin(), member.value_end());
      return true;
    }
    if (!member.is_object()) return false;
    put(member.key_begin(), member.value_begin());
    return put_object(member.value_begin(), wanted_.level(name.level_below));
  }

  const Wanted::Name* find(const Wanted::Level& level, const Members& member) const {
    const std::string_view raw =
        text_.substr(member.key_begin() + 1, member.key_end() - member.key_begin() - 2);
    if (raw.find('\\') == std::string_view::npos) return level.find_raw(raw.data(), raw.size() + 1);
    std::string text(raw.size(), '\0');
    text.resize(unescape(raw, text.data()));
    return level.find(text);
  }

  void put(std::size_t begin, std::size_t end) {
    std::memcpy(out_, text_.data() + begin, end - begin);
    out_ += end - begin;
  }

  std::string_view text_;
  const Wanted& wanted_;
  const std::vector<bool>& is_whole_;
  char* out_;
};

}  // namespace

Kept::Kept(std::span<const Path> paths) : wanted_(paths), is_whole_(wanted_.places()) {
  for (std::size_t slot = 0; slot < wanted_.slots(); ++slot) is_whole_[wanted_.place_of(slot)] = true;
}

std::string_view Kept::apply(std::string_view object, Arena& arena) const {
  char* const begin = arena.array<char>(object.size()).data();
  Keeper keeper(object, wanted_, is_whole_, begin);
  keeper.put_object(0, wanted_.top());
  return {begin, static_cast<std::size_t>(keeper.end() - begin)};
}

}  // namespace flux::json
