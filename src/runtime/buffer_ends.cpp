#include "runtime/buffer_ends.hpp"

#include <cstring>

#include "json/string.hpp"

namespace flux::runtime {

namespace {

std::string quoted(std::string_view text) {
  std::string string(json::escaped_size_bound(text.size()), '\0');
  string.resize(static_cast<std::size_t>(json::put_string(string.data(), text) - string.data()));
  return string;
}

}  // namespace

void BufferEntry::append(const Ticket& ticket, const std::string& source) {
  origins_.clear();
  events_.clear();
  for (const std::uint32_t line : ticket.out_lines) origins_.push_back(origin_of(line, ticket, source));
  buffer_.push({ticket.out.view(), ticket.out_ends, origins_});
}

Origin BufferEntry::origin_of(std::uint32_t line, const Ticket& ticket, const std::string& source) {
  if (line == kNoLine) return {};
  if (!ticket.origins.empty()) return ticket.origins[line];  // of another buffer
  const Line& place = ticket.lines[line];
  Origin origin{&source, ticket.first_line + place.number + 1, 0, {}};
  if (!keeps_events_) return origin;
  origin.offset = ticket.offset_of(place);
  origin.event = ticket.text_of(place);
  if (is_raw_) origin.event = events_.emplace_back(quoted(origin.event));
  return origin;
}

void BufferInlet::close(bool is_orderly) {
  is_orderly_.store(is_orderly, std::memory_order_release);
  buffer_.close();
}

TicketPtr BufferInlet::take() {
  if (!buffer_.try_take(run_)) {
    way_out_.expect_more(false);
    if (!buffer_.take(run_)) return nullptr;
  }
  way_out_.expect_more(buffer_.books().held != 0);
  TicketPtr ticket = spare();
  const std::string_view text = run_.text();
  char* begin = ticket->block.prepare(0, text.size());
  std::memcpy(begin, text.data(), text.size());
  ticket->cut.text = {begin, text.size()};
  ticket->number = next_number_++;
  if (!run_.origins.empty()) {
    ticket->origin_events = std::move(run_.events);
    std::size_t at = 0;
    for (Origin& origin : run_.origins) {
      origin.event = std::string_view(ticket->origin_events).substr(at, origin.event.size());
      at += origin.event.size();
    }
    run_.origins.erase(run_.origins.begin(), run_.origins.begin() + static_cast<std::ptrdiff_t>(run_.first));
    std::swap(ticket->origins, run_.origins);
  }
  const std::lock_guard lock(mutex_);
  number_ = ticket->number;
  events_ = run_.size();
  return ticket;
}

TicketPtr BufferInlet::last_ticket() {
  TicketPtr ticket = spare();
  ticket->number = next_number_++;
  return ticket;
}

void BufferInlet::retire(TicketPtr ticket) {
  spares_.push_back(std::move(ticket));
  const std::lock_guard lock(mutex_);
  events_ = 0;
}

std::uint64_t BufferInlet::events_in_flight(std::uint64_t from) const {
  const std::lock_guard lock(mutex_);
  return number_ >= from ? events_ : 0;
}

void BufferInlet::stop() {
  buffer_.abandon();
  stop_before_();
}

TicketPtr BufferInlet::spare() {
  TicketPtr ticket = spares_.empty() ? std::make_unique<Ticket>() : std::move(spares_.back());
  if (!spares_.empty()) spares_.pop_back();
  ticket->recycle(segments_, fluxes_);
  return ticket;
}

}  // namespace flux::runtime
