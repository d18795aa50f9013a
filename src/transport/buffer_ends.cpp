#include "transport/buffer_ends.hpp"

#include <cstring>

#include "json/string.hpp"

namespace flux::runtime {

void BufferSink::append(const Ticket& ticket, const std::string& source) {
  origins_.clear();
  if (keeps_events_) {
    for (const std::uint32_t line : ticket.out.lines) add_with_event(line, ticket, source);
  } else {
    for (const std::uint32_t line : ticket.out.lines) add(line, ticket, source);
  }
  buffer_.push({ticket.out.bytes.view(), ticket.out.ends, origins_, ticket.out.ints});
}

void BufferSink::add(std::uint32_t line, const Ticket& ticket, const std::string& source) {
  if (line == kNoLine) return origins_.add(nullptr, 0);
  if (ticket.in.origins.empty())
    return origins_.add(&source, ticket.first_line + ticket.lines[line].number + 1);
  const Origin origin = ticket.origin_of(line);  // of another buffer
  origins_.add(origin.source, origin.line);
}

void BufferSink::add_with_event(std::uint32_t line, const Ticket& ticket, const std::string& source) {
  if (line == kNoLine) return origins_.add(Origin());
  if (!ticket.in.origins.empty()) return origins_.add(ticket.origin_of(line));
  const Line& place = ticket.lines[line];
  const std::string_view text = ticket.text_of(place);
  const std::string string = is_raw_ ? json::quote(text) : std::string();
  origins_.add(
      {&source, ticket.first_line + place.number + 1, ticket.offset_of(place), is_raw_ ? string : text});
}

void BufferSource::close(bool is_orderly) {
  is_orderly_.store(is_orderly, std::memory_order_release);
  buffer_.close();
}

TicketPtr BufferSource::take() {
  const std::lock_guard turn(turn_);
  TicketPtr ticket = wait_for_room();
  if (!buffer_.try_take(run_)) {
    way_out_.expect_more(false);
    if (!buffer_.take(run_)) return nullptr;
  }
  way_out_.expect_more(buffer_.books().held != 0);
  ticket->in.taken = run_.size();
  std::swap(ticket->in.origins, run_.origins);
  if (run_.ints.empty()) {
    ticket->in.first_origin = run_.first;
    const std::string_view text = run_.text();
    char* begin = ticket->in.block.prepare(0, text.size());
    std::memcpy(begin, text.data(), text.size());
    ticket->in.cut.text = {begin, text.size()};
  } else {
    std::swap(ticket->in.ints, run_.ints);
    ticket->decoded = run_.first;
    ticket->in.first_origin = 0;
  }
  ticket->number = next_number_++;
  const std::lock_guard lock(mutex_);
  in_flight_.push_back({ticket->number, ticket->in.taken});
  return ticket;
}

// The ticket to fill; whoever waits here holds no other.
TicketPtr BufferSource::wait_for_room() {
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] { return in_flight_.size() < shape_.window; });
  return pool_.take();
}

TicketPtr BufferSource::last_ticket() {
  const std::scoped_lock lock(turn_, mutex_);
  TicketPtr ticket = pool_.take();
  ticket->number = next_number_++;
  return ticket;
}

void BufferSource::retire(TicketPtr ticket) {
  const std::lock_guard lock(mutex_);
  std::erase_if(in_flight_, [&](const InFlight& other) { return other.number == ticket->number; });
  pool_.give_back(std::move(ticket));
  room_.notify_one();
}

std::uint64_t BufferSource::events_in_flight(std::uint64_t from) const {
  const std::lock_guard lock(mutex_);
  std::uint64_t events = 0;
  for (const InFlight& ticket : in_flight_)
    if (ticket.number >= from) events += ticket.events;
  return events;
}

void BufferSource::stop() {
  buffer_.abandon();
  stop_before_();
}

}  // namespace flux::runtime
