// The beginning of a shared library that holds notes, and no code: for what reads notes.
#pragma once

#include <elf.h>
#include <link.h>

#include <bit>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace sample {

// Owner, type and content, padded as ELF wants it.
inline std::string note(std::string_view owner, std::uint32_t type, std::string_view content) {
  const ElfW(Nhdr)
      head{static_cast<std::uint32_t>(owner.size()), static_cast<std::uint32_t>(content.size()), type};
  std::string bytes(reinterpret_cast<const char*>(&head), sizeof head);
  for (const std::string_view part : {owner, content}) {
    bytes += part;
    bytes.resize((bytes.size() + 3) / 4 * 4);
  }
  return bytes;
}

// What FLUX_ANNOUNCE writes.
inline std::string note_of(const std::string& plugin, const std::string& agent) {
  const std::string name = plugin + "." + agent;
  return note({"flux", 5}, 1, {name.c_str(), name.size() + 1});
}

// An ELF file of this machine with one segment of notes, `gap` bytes behind its headers.
inline std::string noted_file(const std::vector<std::string>& notes, std::size_t gap = 0) {
  std::string text;
  for (const std::string& one : notes) text += one;
  ElfW(Ehdr) header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32;
  header.e_ident[EI_DATA] = std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;
  header.e_phoff = sizeof header;
  header.e_phnum = 1;
  ElfW(Phdr) segment{};
  segment.p_type = PT_NOTE;
  segment.p_offset = sizeof header + sizeof segment + gap;
  segment.p_filesz = text.size();
  segment.p_align = 4;
  std::string file(reinterpret_cast<const char*>(&header), sizeof header);
  file.append(reinterpret_cast<const char*>(&segment), sizeof segment);
  return file + std::string(gap, '\0') + text;
}

}  // namespace sample
