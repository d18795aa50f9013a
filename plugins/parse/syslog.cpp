#include "syslog.hpp"

#include <algorithm>
#include <iterator>

#include "digits.hpp"

namespace {

constexpr std::size_t npos = std::string_view::npos;

// The names that syslog.conf(5) and logger(1) know, and for 13 to 15 those of RFC 5424.
constexpr std::string_view kFacilities[] = {"kern",   "user",   "mail",   "daemon", "auth",     "syslog",
                                            "lpr",    "news",   "uucp",   "cron",   "authpriv", "ftp",
                                            "ntp",    "audit",  "alert",  "clock",  "local0",   "local1",
                                            "local2", "local3", "local4", "local5", "local6",   "local7"};
constexpr std::string_view kSeverities[] = {"emerg",   "alert",  "crit", "err",
                                            "warning", "notice", "info", "debug"};

// 2026-11-25T03:32:59, a fraction perhaps, and Z or an offset.
bool is_rfc3339(std::string_view text) {
  constexpr std::size_t kSeconds = 19;
  if (!has_shape(text.substr(0, kSeconds), "9999-99-99T99:99:99")) return false;
  if (!is_date(number_at(text, 0, 4), number_at(text, 5, 2), number_at(text, 8, 2))) return false;
  if (!is_time_of_day(text.substr(11, 8))) return false;
  text.remove_prefix(kSeconds);
  if (text.starts_with('.')) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    if (end == 1) return false;
    text.remove_prefix(end);
  }
  if (text == "Z") return true;
  return has_shape(text, "+99:99") && number_at(text, 1, 2) < 24 && number_at(text, 4, 2) < 60;
}

// "Nov  5 03:32:59": no year, so that 29 February is always right.
bool is_bsd_time(std::string_view text) {
  constexpr std::size_t kBeforeTime = 7;
  const std::string_view date = text.substr(0, kBeforeTime);
  if (!has_shape(date, "Aaa 99 ") && !has_shape(date, "Aaa  9 ")) return false;
  const int day = (text[4] == ' ' ? 0 : text[4] - '0') * 10 + (text[5] - '0');
  return is_date(2000, month_of(text.substr(0, 3)), day) && is_time_of_day(text.substr(kBeforeTime));
}

std::optional<std::string_view> unless_dash(std::string_view text) {
  if (text == "-") return {};
  return text;
}

}  // namespace

std::optional<Misfit> SyslogParser::parse(std::string_view line, SyslogEntry& entry) {
  line_ = line;
  at_ = 0;
  entry = {};
  entry_ = &entry;
  if (const auto misfit = parse_pri()) return misfit;
  // A version is a number alone; no time of the older form starts with one.
  const std::string_view first = token();
  const bool has_version = first.size() <= 3 && all_digits(first) && first[0] != '0';
  return has_version ? parse_5424() : parse_3164();
}

std::optional<Misfit> SyslogParser::parse_pri() {
  if (!is_at('<')) return {};
  const std::size_t end = line_.find('>');
  const std::string_view digits = line_.substr(1, end == npos ? 0 : end - 1);
  constexpr int kMost = 8 * static_cast<int>(std::size(kFacilities)) - 1;
  const bool is_pri = digits.size() <= 3 && all_digits(digits) && (digits == "0" || digits[0] != '0');
  const int pri = is_pri ? number_at(digits, 0, digits.size()) : kMost + 1;
  if (pri > kMost) return Misfit{"a priority from <0> to <191>", 0};
  entry_->facility = kFacilities[pri / 8];
  entry_->facility_code = pri / 8;
  entry_->severity = kSeverities[pri % 8];
  entry_->severity_code = pri % 8;
  at_ = end + 1;
  return {};
}

std::optional<Misfit> SyslogParser::parse_5424() {
  const std::string_view version = token();
  entry_->version = number_at(version, 0, version.size());
  at_ += version.size();
  const std::size_t version_end = at_;

  const auto next = [this](std::optional<std::string_view>& member) {
    if (!is_at(' ') || at_ + 1 == line_.size() || line_[at_ + 1] == ' ') return false;
    ++at_;
    member = unless_dash(token());
    at_ += token().size();
    return true;
  };
  if (!next(entry_->timestamp)) return Misfit{"a space and a timestamp (or '-')", at_};
  if (entry_->timestamp && !is_rfc3339(*entry_->timestamp)) {
    return Misfit{"a timestamp like 2026-11-25T03:32:59Z (or '-')", version_end + 1};
  }
  if (!next(entry_->hostname)) return Misfit{"a space and a host name (or '-')", at_};
  if (!next(entry_->appname)) return Misfit{"a space and the name of an application (or '-')", at_};
  if (!next(entry_->procid)) return Misfit{"a space and a process id (or '-')", at_};
  if (!next(entry_->msgid)) return Misfit{"a space and a message id (or '-')", at_};

  if (!is_at(' ')) return Misfit{"a space and structured data (or '-')", at_};
  ++at_;
  if (is_at('-')) {
    ++at_;
  } else if (const auto misfit = parse_structured_data()) {
    return misfit;
  }
  if (at_ == line_.size()) return {};
  if (!is_at(' ')) return Misfit{"a space and the message", at_};
  ++at_;
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (rest().starts_with(kByteOrderMark)) at_ += kByteOrderMark.size();
  entry_->message = rest();
  return {};
}

std::optional<Misfit> SyslogParser::parse_structured_data() {
  structured_data_.clear();
  structured_data_.begin_object();
  do {
    if (const auto misfit = parse_element()) return misfit;
  } while (is_at('['));
  structured_data_.end_object();
  entry_->structured_data = flux::Json{structured_data_.text()};
  return {};
}

// [id name="value" name="value"]
std::optional<Misfit> SyslogParser::parse_element() {
  if (!is_at('[')) return Misfit{"structured data like [id name=\"value\"] (or '-')", at_};
  ++at_;
  const std::string_view id = rest().substr(0, rest().find_first_of(" =]\""));
  if (id.empty()) return Misfit{"the id of structured data", at_};
  at_ += id.size();
  structured_data_.key(id);
  structured_data_.begin_object();
  while (is_at(' ')) {
    if (const auto misfit = parse_parameter()) return misfit;
  }
  structured_data_.end_object();
  if (!is_at(']')) return Misfit{"']' or a space and a parameter", at_};
  ++at_;
  return {};
}

// ' name="value"', with \" and \\ and \] in the value.
std::optional<Misfit> SyslogParser::parse_parameter() {
  ++at_;
  const std::string_view name = rest().substr(0, rest().find_first_of(" =]\""));
  if (name.empty() || rest().substr(name.size(), 2) != "=\"")
    return Misfit{"a parameter like name=\"value\"", at_};
  structured_data_.key(name);
  at_ += name.size() + 2;
  unescaped_.clear();
  for (;;) {
    const std::size_t stop = line_.find_first_of("\"\\", at_);
    if (stop == npos) return Misfit{"a closing quote", line_.size()};
    unescaped_ += line_.substr(at_, stop - at_);
    at_ = stop + 1;
    if (line_[stop] == '"') break;
    // A backslash before anything else is itself.
    const bool is_escape = at_ < line_.size() && std::string_view("\"\\]").find(line_[at_]) != npos;
    unescaped_ += is_escape ? line_[at_++] : '\\';
  }
  structured_data_.value(std::string_view(unescaped_));
  return {};
}

std::optional<Misfit> SyslogParser::parse_3164() {
  constexpr std::size_t kBsdTime = 15;
  std::string_view time = rest().substr(0, kBsdTime);
  if (!is_bsd_time(time)) {
    time = token();
    if (!is_rfc3339(time)) return Misfit{"a timestamp like 'Nov  5 03:32:59' or 2026-11-25T03:32:59Z", at_};
  }
  entry_->timestamp = time;
  at_ += time.size();
  if (!is_at(' ')) return Misfit{"a space and a host name", at_};
  ++at_;
  // What is sent on the same machine has no host name: then here is the tag.
  if (!token().ends_with(':')) {
    if (token().empty()) return Misfit{"a host name", at_};
    entry_->hostname = token();
    at_ += token().size();
    if (is_at(' ')) ++at_;
  }
  parse_tag();
  entry_->message = rest();
  return {};
}

// "app: " or "app[8710]: "; if there is neither, all is message.
void SyslogParser::parse_tag() {
  const std::size_t end = rest().find_first_of("[: ");
  if (end == npos || end == 0) return;
  const std::string_view name = rest().substr(0, end);
  std::string_view behind = rest().substr(end);
  std::optional<std::string_view> procid;
  if (behind.starts_with('[')) {
    const std::size_t close = behind.find_first_of("] ");
    if (close == npos || behind[close] != ']') return;
    procid = behind.substr(1, close - 1);
    behind.remove_prefix(close + 1);
  }
  if (!behind.starts_with(':')) return;
  behind.remove_prefix(1);
  if (behind.starts_with(' ')) behind.remove_prefix(1);
  entry_->appname = name;
  entry_->procid = procid;
  at_ = line_.size() - behind.size();
}
