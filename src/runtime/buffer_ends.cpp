#include "runtime/buffer_ends.hpp"

#include <cstring>

#include "json/string.hpp"

namespace flux::runtime {

void BufferEntry::append(const Ticket& ticket, const std::string& source) {
  origins_.clear();
  if (keeps_events_) {
    for (const std::uint32_t line : ticket.out_lines) add_with_event(line, ticket, source);
  } else {
    for (const std::uint32_t line : ticket.out_lines) add(line, ticket, source);
  }
  buffer_.push({ticket.out.view(), ticket.out_ends, origins_});
}

void BufferEntry::add(std::uint32_t line, const Ticket& ticket, const std::string& source) {
  if (line == kNoLine) return origins_.add(nullptr, 0);
  if (ticket.origins.empty()) return origins_.add(&source, ticket.first_line + ticket.lines[line].number + 1);
  const Origin origin = ticket.origin_of(line);  // of another buffer
  origins_.add(origin.source, origin.line);
}

void BufferEntry::add_with_event(std::uint32_t line, const Ticket& ticket, const std::string& source) {
  if (line == kNoLine) return origins_.add(Origin());
  if (!ticket.origins.empty()) return origins_.add(ticket.origin_of(line));
  const Line& place = ticket.lines[line];
  const std::string_view text = ticket.text_of(place);
  const std::string string = is_raw_ ? json::quote(text) : std::string();
  origins_.add(
      {&source, ticket.first_line + place.number + 1, ticket.offset_of(place), is_raw_ ? string : text});
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
  std::swap(ticket->origins, run_.origins);
  ticket->first_origin = run_.first;
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
