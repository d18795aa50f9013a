#include "conversation.hpp"

#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "answer.hpp"

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kWindow = 64;              // events in the hand of a command
constexpr std::size_t kMostOutgoing = 64 << 10;  // a pipe's worth
constexpr std::size_t kMostOfALine = 64 << 20;   // four times what flux reads
constexpr milliseconds kLongestBackoff{5000};
constexpr milliseconds kGrace{1000};  // for a command that is about to end by itself

constexpr const char* kExcess = "it answered more lines than it was asked";
constexpr const char* kEnd = "the run is coming to its end";

flux_str str(std::string_view text) { return {text.data(), text.size()}; }

std::string seconds(milliseconds time) {
  std::string text = std::to_string(static_cast<double>(time.count()) / 1000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text + " s";
}

}  // namespace

Conversation::Conversation(const flux_host* host, Terms terms)
    : host_(host), terms_(std::move(terms)), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!wake_) throw std::system_error(errno, std::generic_category(), "cannot make an eventfd");
}

// A command that was not told the end is told now, and not waited for very long.
Conversation::~Conversation() {
  if (child_) child_->end(kGrace);
}

void Conversation::interrupt() {
  is_interrupted_ = true;
  ::eventfd_write(wake_.get(), 1);
}

flux_status Conversation::process(const flux_batch& in, flux_out& out, flux_error& err) {
  if (in.rows == 0) return FLUX_OK;  // nobody to wait for
  const Events events(static_cast<const flux_str*>(in.columns[0].data), in.rows);
  allow_time();  // it is not the command's fault if flux was long in coming back
  std::size_t done = 0;
  while (done == 0) {
    done = take_answers(out);
    if (done > 0) break;
    if (trouble_) {
      done = fail(in_flight_, "the command failed: " + *trouble_, out);
      bury();
    } else if (!child_ && is_given_up()) {
      done = fail(in.rows, kEnd, out);
      was_cut_short_ = true;
    } else if (!child_) {
      if (!start()) {
        err.set(&err, str(why_not_started()));
        return FLUX_FAILED;
      }
    } else if (in_flight_ > 0 || answers_ == 0 || is_silent()) {
      send(events);
      exchange(events);
    }
  }
  out.rows = out.consumed = done;
  return done < in.rows ? FLUX_MORE : FLUX_OK;
}

// A new child, in good time; false: it is no use any more.
bool Conversation::start() {
  if (failures_ > terms_.restarts) return false;
  sleep_until(not_before_);
  if (is_given_up() && !is_ending_) return true;
  try {
    if (!launcher_) launcher_.emplace();
    child_ = launcher_->start(terms_.command);
  } catch (const std::system_error& why) {
    trouble_ = why.what();
  }
  allow_time();
  return true;
}

// Before an event is handed to a child that has answered all others: it must be there
// yet, and have said nothing unasked. Then it has lasted.
bool Conversation::is_silent() {
  const Lines::Read read = lines_.read(child_->output());
  if (read == Lines::Read::end) {
    give_up(kGrace);
  } else if (read == Lines::Read::some) {
    give_up({}, kExcess);
  } else if (child_->input() < 0) {
    give_up({}, "it closed its stdin");
  } else {
    failures_ = 0;
    return true;
  }
  lines_.clear();
  const std::string line = "'" + terms_.command + "' between two events: " + *trouble_;
  host_->log(host_, FLUX_LEVEL_WARNING, str(line));
  return false;
}

void Conversation::send(Events events) {
  while (child_->input() >= 0) {
    while (in_flight_ < std::min(events.size(), kWindow) && outgoing_.size() < kMostOutgoing) {
      const flux_str& event = events[in_flight_++];
      const std::size_t begin = outgoing_.size();
      outgoing_.append(event.data, event.size);
      // A newline can only be white space between tokens.
      std::replace(outgoing_.begin() + static_cast<std::ptrdiff_t>(begin), outgoing_.end(), '\n', ' ');
      outgoing_ += '\n';
    }
    if (outgoing_.empty()) break;
    write();
    if (!outgoing_.empty()) return;
  }
  if (is_ending_) child_->close_input();
}

// flux ignores SIGPIPE: a command that does not read is an error like any other. It
// may still answer what it has, and will then be found silent.
void Conversation::write() {
  while (written_ < outgoing_.size()) {
    const ssize_t size = ::write(child_->input(), outgoing_.data() + written_, outgoing_.size() - written_);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) return;
    if (size < 0) {
      child_->close_input();
      break;
    }
    written_ += static_cast<std::size_t>(size);
  }
  outgoing_.clear();
  if (outgoing_.capacity() > 16 * kMostOutgoing) outgoing_.shrink_to_fit();
  written_ = 0;
}

// Waits until the child has said something more, or is in trouble. Writes meanwhile:
// else both could wait for each other, with both pipes full.
void Conversation::exchange(Events events) {
  for (;;) {
    pollfd fds[] = {{child_->output(), POLLIN, 0},
                    {child_->exit(), POLLIN, 0},
                    {outgoing_.empty() ? -1 : child_->input(), POLLOUT, 0}};
    const auto left = std::chrono::ceil<milliseconds>(deadline_ - Clock::now());
    const int ready = ::poll(fds, std::size(fds), static_cast<int>(std::max(left, milliseconds{}).count()));
    if (ready < 0) continue;
    if (fds[0].revents != 0) {
      const Lines::Read read = lines_.read(child_->output());
      if (read == Lines::Read::end) return give_up(is_ending_ ? terms_.timeout : kGrace);
      if (lines_.size() > kMostOfALine && !lines_.front())
        return give_up({}, "it answered a line of more than 64 MiB");
      if (read == Lines::Read::some) return;
    } else if (fds[1].revents != 0) {
      return give_up({});
    }
    if (fds[2].revents != 0) send(events);
    if (ready > 0) continue;
    return give_up({}, is_ending_ ? "it did not end within " + seconds(terms_.timeout)
                                  : "it did not answer within " + seconds(terms_.timeout));
  }
}

// The child is at its end, by itself or killed now; `why` unless its end says it.
void Conversation::give_up(milliseconds grace, std::string why) {
  Child::End end = child_->end(grace);
  child_.reset();
  has_ended_well_ = end.is_success;
  trouble_ = why.empty() ? std::move(end.words) : std::move(why);
}

// REQUIRES: there was trouble. The next child starts from nothing, a while later.
void Conversation::bury() {
  last_trouble_ = *std::exchange(trouble_, std::nullopt);
  ++failures_;
  const auto longest = std::max(terms_.backoff, kLongestBackoff);
  milliseconds wait = terms_.backoff;
  for (std::int64_t i = 1; i < failures_ && wait < longest; ++i) wait *= 2;
  not_before_ = Clock::now() + std::min(wait, longest);
  lines_.clear();
  outgoing_.clear();
  written_ = in_flight_ = answers_ = 0;
}

void Conversation::sleep_until(Clock::time_point time) {
  pollfd wake{wake_.get(), POLLIN, 0};
  for (auto left = time - Clock::now(); left.count() > 0; left = time - Clock::now()) {
    const auto wait = std::chrono::ceil<milliseconds>(left);
    if (::poll(&wake, 1, static_cast<int>(wait.count())) > 0) return;
  }
}

std::string Conversation::why_not_started() const {
  return "gave up on '" + terms_.command + "' (failed starts in a row: " + std::to_string(failures_) +
         "): " + last_trouble_;
}

// Of events in its hand; so many.
std::size_t Conversation::take_answers(flux_out& out) {
  std::size_t row = 0;
  for (; row < in_flight_; ++row) {
    const auto line = lines_.front();
    if (!line) break;
    if (const auto why = refusal_in(*line)) {
      out.fail(&out, row, FLUX_REFUSED, str(*why));
    } else if (!put(*line, out, row)) {
      break;
    }
    lines_.pop();
  }
  if (row == 0) return 0;
  in_flight_ -= row;
  answers_ += row;
  allow_time();
  if (in_flight_ == 0 && !lines_.is_empty()) {
    // Nobody can tell which line belongs to which event.
    if (child_) give_up({}, kExcess);
    fail(row, std::string("the command failed: ") + kExcess, out);
  }
  return row;
}

// The first `count` rows.
std::size_t Conversation::fail(std::size_t count, const std::string& why, flux_out& out) {
  for (std::size_t row = 0; row < count; ++row) out.fail(&out, row, FLUX_REFUSED, str(why));
  return count;
}

// false: flux has no room for it just now.
bool Conversation::put(std::string_view line, flux_out& out, std::size_t row) {
  char* const room = out.text(&out, line.size());
  if (room == nullptr) return false;
  std::memcpy(room, line.data(), line.size());
  static_cast<flux_str*>(out.columns[0].data)[row] = {room, line.size()};
  return true;
}

flux_status Conversation::finish(flux_out& out, flux_error& err) {
  // What was given before goes out; the next call comes to the same end.
  const auto fail_run = [&](const std::string& why) {
    if (out.rows > 0) return FLUX_MORE;
    err.set(&err, str(why));
    return FLUX_FAILED;
  };
  if (!is_ending_) begin_to_end();
  for (;;) {
    while (const auto line = lines_.front()) {
      if (unwanted_ > 0) {
        --unwanted_;
      } else if (const auto why = refusal_in(*line)) {
        return fail_run(*why);
      } else if (out.rows < out.capacity && put(*line, out, out.rows)) {
        ++out.rows;
        allow_time();
      } else {
        return FLUX_MORE;
      }
      lines_.pop();
    }
    if (out.rows > 0) return FLUX_MORE;  // at once
    if (trouble_) return has_ended_well_ ? FLUX_OK : fail_run("the command failed at the end: " + *trouble_);
    if (!child_ && was_cut_short_) return FLUX_OK;  // another one would hold nothing back
    if (!child_ && !start()) return fail_run(why_not_started());
    if (!child_) continue;
    send({});
    exchange({});
  }
}

// Events that are in its hand yet are wanted no more: one further down has ended.
void Conversation::begin_to_end() {
  is_ending_ = true;
  unwanted_ = std::exchange(in_flight_, 0);
  if (trouble_) bury();
  if (!child_) unwanted_ = 0;
  allow_time();
}
