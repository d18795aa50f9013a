// Fuzz target: the fast reader and the plain checker give every line of the input
// the same verdict, and a line its neighbours cannot touch. The trusting reader says
// the same of lines that are JSON, and nothing that is not so of others.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/check.hpp"
#include "json/documents.hpp"

namespace {

using namespace flux::json;

constexpr std::size_t kAround = 64;

const std::vector<flux::Path> kPaths{{"a"}, {"a", "b"}, {"level"}, {"b", "a", "a"}, {"a_rather_long_name"}};
// With a name that escapes other than \u00.. could spell, and so many that every key is looked at.
const std::vector<flux::Path> kMorePaths{{"a"}, {"b", "a"}, {"é"}, {"c"}, {"d"}, {"e"}, {"f"}, {"g"}, {"xy"}};

void require(bool holds) {
  if (!holds) __builtin_trap();
}

// A member's key and value stand where they are said to stand.
void check_member(std::string_view chunk, const Member& member) {
  if (member.end == 0) return require(member == Member{});
  require(member.key < member.value && member.value < member.end && member.end <= chunk.size());
  require(chunk[member.key] == '"');
  require(is_value(chunk.substr(member.value, member.end - member.value)));
}

// The two readers of one chunk.
void compare(std::string_view chunk, Reader& reader, Reader& trusting) {
  flux::Arena arena;
  const Documents documents = reader.read(chunk, arena);
  const Documents trusted = trusting.read(chunk, arena);
  require(trusted.count == documents.count && trusted.lines == documents.lines);
  std::size_t row = 0;
  std::size_t line = 0;
  for (std::size_t begin = 0; begin < chunk.size(); ++line) {
    const std::size_t end = chunk.find('\n', begin);
    const std::string_view text = chunk.substr(begin, end - begin);
    begin = end + 1;
    if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    require(row < documents.count && documents.line[row] == line);
    const bool is_ok = is_value(text);
    require((documents.status[row] == Status::ok) == is_ok);
    require(trusted.line[row] == line && (!is_ok || trusted.status[row] == Status::ok));
    require(!is_ok || trusted.duplicates[row] == documents.duplicates[row]);
    for (std::size_t slot = 0; slot < documents.slots; ++slot) {
      check_member(chunk, documents.member(row, slot));
      check_member(chunk, trusted.member(row, slot));
      require(!is_ok || trusted.member(row, slot) == documents.member(row, slot));
    }
    ++row;
  }
  require(row == documents.count && line == documents.lines);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static Reader reader{Wanted(kPaths)};
  static Reader trusting{Wanted(kPaths), Check::wanted};
  static Reader more{Wanted(kMorePaths)};
  static Reader trusting_more{Wanted(kMorePaths), Check::wanted};
  // Not zeros around the chunk: nothing may depend on them.
  std::string room(kAround, '"');
  room.append(reinterpret_cast<const char*>(bytes), size);
  room += '\n';
  room.append(kAround, '"');
  const std::string_view chunk = std::string_view(room).substr(kAround, size + 1);
  compare(chunk, reader, trusting);
  compare(chunk, more, trusting_more);
  return 0;
}
