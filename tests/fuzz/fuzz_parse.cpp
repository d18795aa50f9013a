// Fuzzes the parsers of lines: whatever the bytes, each gives valid JSON or a place
// within the line. The first byte chooses separators. JSON text that is valid is also
// looked into and written again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <flux/json_reader.hpp>
#include <flux/json_writer.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/check.hpp"
#include "parse/clf.hpp"
#include "parse/csv.hpp"
#include "parse/pairs.hpp"
#include "parse/syslog.hpp"
#include "parse/utf8.hpp"

namespace {

void check(std::string_view line, const std::optional<Misfit>& misfit, const flux::JsonWriter& json) {
  if (misfit) {
    if (misfit->offset > line.size()) std::abort();
    describe(*misfit, line);
  } else if (is_utf8(line) && !flux::json::is_value(json.text())) {
    std::abort();
  }
}

template <class Parser>
void check_pairs(Parser parser, std::string_view line) {
  flux::JsonWriter json;
  const auto misfit = parser.parse(line, json);
  check(line, misfit, json);
}

template <class Parser, class Record>
void check_record(std::string_view line) {
  Parser parser;
  Record record;
  flux::JsonWriter json;
  const auto misfit = parser.parse(line, record);
  if (!misfit) json.value(record);
  check(line, misfit, json);
}

void check_csv(std::string_view line, char separator) {
  CsvSplitter splitter(separator);
  std::vector<std::optional<std::string_view>> fields;
  const auto misfit = splitter.split(line, fields);
  flux::JsonWriter json;
  json.begin_array();
  for (const auto& field : fields) json.value(*field);
  json.end_array();
  check(line, misfit, json);
}

void rewrite(flux::Json value, flux::JsonWriter& to) {
  if (flux::is_object(value)) {
    to.begin_object();
    flux::each_member(value, [&to](flux::Json name, flux::Json member) {
      to.key(flux::text_of(name));
      rewrite(member, to);
    });
    to.end_object();
  } else if (flux::is_array(value)) {
    to.begin_array();
    flux::each_element(value, [&to](flux::Json element) { rewrite(element, to); });
    to.end_array();
  } else if (flux::is_string(value)) {
    to.value(flux::text_of(value));
  } else {
    to.value(value);
  }
}

void check_json(std::string_view text) {
  if (!flux::json::is_value(text)) return;
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  const std::size_t end = text.find_last_not_of(" \t\r\n");
  flux::JsonWriter json;
  rewrite({text.substr(begin, end + 1 - begin)}, json);
  if (!flux::json::is_value(json.text())) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view line(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  const char separator = ",;\t|"[bytes[0] % 4];
  const bool typed = bytes[0] % 8 < 4;
  check_record<ClfParser, Access>(line);
  check_record<SyslogParser, SyslogEntry>(line);
  check_pairs(LogfmtParser(typed), line);
  check_pairs(KvParser(" ", "=", typed), line);
  check_pairs(KvParser({separator, ' '}, ":", typed), line);
  check_csv(line, separator);
  check_json(line);
  return 0;
}
