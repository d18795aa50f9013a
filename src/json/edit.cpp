// An edit is a list of splices, found from left to right in the text, and one copy
// of the text around them.
#include "json/edit.hpp"

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <vector>

#include "json/grammar.hpp"
#include "json/members.hpp"
#include "json/string.hpp"

namespace flux::json {
namespace {

// `text` in the place of the bytes [begin, end).
struct Splice {
  std::size_t begin;
  std::size_t end;
  std::string text;
};

// The value inside an object for each of the names: {"b":{"c":value}}.
std::string wrapped(std::span<const std::string> names, std::string_view value) {
  std::string text;
  for (const std::string& name : names) text += "{" + quote(name) + ":";
  text += value;
  text.append(names.size(), '}');
  return text;
}

class Splicer {
 public:
  explicit Splicer(std::string_view text) : text_(text) {}

  void set(std::size_t open, std::span<const std::string> names, std::string_view value);
  void remove(std::size_t open, std::span<const std::string> names);
  void rename(std::size_t open, std::span<const std::string> names, const std::string& to);

  std::string_view apply(Arena& arena) const;

 private:
  // Takes members of one object away, each with a comma: the one before it, if a
  // member that stays stands before it, else the one behind it. Shown all members of
  // the object in order.
  class Removal {
   public:
    Removal(std::vector<Splice>& splices, const Members& object)
        : splices_(splices), last_end_(object.value_end()) {}

    void show(const Members& member, bool goes) {
      // The ones that went before the first that stays take the way to it along.
      if (pending_ != kNone) splices_[pending_].end = member.key_begin();
      pending_ = kNone;
      if (goes) {
        if (!any_stays_) pending_ = splices_.size();
        splices_.push_back({any_stays_ ? last_end_ : member.key_begin(), member.value_end(), {}});
      }
      any_stays_ = any_stays_ || !goes;
      last_end_ = member.value_end();
    }

   private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    std::vector<Splice>& splices_;
    std::size_t last_end_;
    std::size_t pending_ = kNone;
    bool any_stays_ = false;
  };

  std::size_t count(std::size_t open, std::string_view name) const {
    std::size_t found = 0;
    for (Members member(text_, open); member.next();) found += member.is_called(name);
    return found;
  }

  std::string_view text_;
  std::vector<Splice> splices_;
};

void Splicer::set(std::size_t open, std::span<const std::string> names, std::string_view value) {
  const auto below = names.subspan(1);
  std::size_t left = count(open, names[0]);
  Members member(text_, open);
  if (left == 0) {
    bool is_empty = true;
    while (member.next()) is_empty = false;
    const std::string added = quote(names[0]) + ":" + wrapped(below, value);
    splices_.push_back({member.value_end(), member.value_end(), is_empty ? added : "," + added});
    return;
  }
  Removal removal(splices_, member);
  while (left > 0 && member.next()) {
    const bool is_called = member.is_called(names[0]);
    if (is_called) --left;
    removal.show(member, is_called && left > 0);
  }
  if (!below.empty() && member.is_object()) return set(member.value_begin(), below, value);
  splices_.push_back({member.value_begin(), member.value_end(), wrapped(below, value)});
}

void Splicer::remove(std::size_t open, std::span<const std::string> names) {
  Members member(text_, open);
  Removal removal(splices_, member);
  while (member.next()) {
    const bool is_called = member.is_called(names[0]);
    if (names.size() == 1)
      removal.show(member, is_called);
    else if (is_called && member.is_object())
      remove(member.value_begin(), names.subspan(1));
  }
}

void Splicer::rename(std::size_t open, std::span<const std::string> names, const std::string& to) {
  const bool is_here = names.size() == 1;
  if (is_here && (names[0] == to || count(open, names[0]) == 0)) return;
  Members member(text_, open);
  Removal removal(splices_, member);
  while (member.next()) {
    const bool is_called = member.is_called(names[0]);
    if (is_here) removal.show(member, !is_called && member.is_called(to));
    if (is_here && is_called) splices_.push_back({member.key_begin(), member.key_end(), quote(to)});
    if (!is_here && is_called && member.is_object()) rename(member.value_begin(), names.subspan(1), to);
  }
}

std::string_view Splicer::apply(Arena& arena) const {
  if (splices_.empty()) return text_;
  std::size_t size = text_.size();
  for (const Splice& splice : splices_) size += splice.text.size() - (splice.end - splice.begin);
  char* const begin = arena.array<char>(size).data();
  char* out = begin;
  std::size_t from = 0;
  const auto put = [&out](std::string_view piece) { out = std::copy(piece.begin(), piece.end(), out); };
  for (const Splice& splice : splices_) {
    put(text_.substr(from, splice.begin - from));
    put(splice.text);
    from = splice.end;
  }
  put(text_.substr(from));
  return {begin, size};
}

}  // namespace

std::string_view edit(std::string_view object, std::span<const Edit> edits, Arena& arena) {
  for (const Edit& edit : edits) {
    Splicer splicer(object);
    switch (edit.op) {
      case Edit::Op::set:
        splicer.set(0, *edit.path, edit.value);
        break;
      case Edit::Op::remove:
        splicer.remove(0, *edit.path);
        break;
      case Edit::Op::rename:
        splicer.rename(0, *edit.path, edit.to->back());
        break;
    }
    object = splicer.apply(arena);
  }
  return object;
}

std::string_view compact(std::string_view value, Arena& arena) {
  const bool is_open = value.starts_with('{') || value.starts_with('[');
  const bool is_trimmed = !value.empty() && !is_white_space(value.front()) && !is_white_space(value.back());
  if (is_trimmed && !is_open) return value;
  const Arena::Mark before = arena.mark();
  const std::span<char> out = arena.array<char>(value.size());
  std::size_t size = 0;
  const auto error = simdjson::minify(value.data(), value.size(), out.data(), size);
  if (error == simdjson::SUCCESS && size < value.size()) return {out.data(), size};
  arena.release(before);
  return value;
}

}  // namespace flux::json
