// Where the events of lines were read, for lines that are in another block now: what is
// behind a drop buffer is values, each with the place of the event that it comes from.
//
// Thread safety: none; as for any value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace flux::runtime {

struct Origin {
  const std::string* source = nullptr;  // null: a row that came at the end of the stream
  std::uint64_t line = 0;               // in its source, from 1
  std::uint64_t offset = 0;             // of the line, in bytes
  std::string_view event;               // as JSON; the last two only where dead letters are kept
};

// One per line. Most of the time nobody keeps events: then one is 16 bytes.
class Origins {
 public:
  // Without offset and event.
  void add(const std::string* source, std::uint64_t line) { places_.push_back({source, line}); }
  void add(const Origin& origin) {
    add(origin.source, origin.line);
    events_ += origin.event;
    kept_.push_back({origin.offset, events_.size()});
  }

  // Those from `begin` on, up to `end`. REQUIRES: both keep events, or neither.
  void append(const Origins& other, std::size_t begin, std::size_t end) {
    const auto at = [&](std::size_t i) { return other.places_.begin() + static_cast<std::ptrdiff_t>(i); };
    places_.insert(places_.end(), at(begin), at(end));
    if (other.kept_.empty()) return;
    for (std::size_t i = begin; i < end; ++i) {
      events_ += other.event(i);
      kept_.push_back({other.kept_[i].offset, events_.size()});
    }
  }

  Origin operator[](std::size_t i) const {
    if (kept_.empty()) return {places_[i].source, places_[i].line, 0, {}};
    return {places_[i].source, places_[i].line, kept_[i].offset, event(i)};
  }

  bool empty() const { return places_.empty(); }
  void clear() {
    places_.clear();
    kept_.clear();
    events_.clear();
  }

 private:
  struct Place {
    const std::string* source;
    std::uint64_t line;
  };
  struct Kept {
    std::uint64_t offset;
    std::size_t end;  // of the event, in events_
  };

  std::string_view event(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : kept_[i - 1].end;
    return std::string_view(events_).substr(begin, kept_[i].end - begin);
  }

  std::vector<Place> places_;
  std::vector<Kept> kept_;  // by line, or empty
  std::string events_;
};

}  // namespace flux::runtime
