#include "plugin/announcement.hpp"

#include <elf.h>
#include <fmt/format.h>
#include <link.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <fstream>

#include "abi/flux_plugin.h"
#include "core/error.hpp"

namespace flux::plugin {
namespace {

// Linkers put notes right behind the headers; ones further back are not looked for.
constexpr std::size_t kHead = 8192;

constexpr std::string_view kOwner("flux\0", 5);

constexpr unsigned char kClassHere = sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32;
constexpr unsigned char kOrderHere = std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;

// What stands at `offset`, if all of it does.
template <typename T>
std::optional<T> at(std::string_view bytes, std::size_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) return {};
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

// Adds the agents that the notes of one segment name; false where these are no notes.
bool take_notes(std::string_view notes, std::vector<std::string>& names) {
  const auto padded = [](std::size_t size) { return (size + 3) / 4 * 4; };
  while (!notes.empty()) {
    const auto note = at<ElfW(Nhdr)>(notes, 0);
    if (!note) return false;
    const std::size_t text = sizeof *note + padded(note->n_namesz);
    const std::size_t end = text + padded(note->n_descsz);
    if (end > notes.size()) return false;
    const std::string_view owner = notes.substr(sizeof *note, note->n_namesz);
    const std::string_view name = notes.substr(text, note->n_descsz);
    if (owner == kOwner && note->n_type == FLUX_NOTE_AGENT)
      names.emplace_back(name.substr(0, name.find('\0')));
    notes.remove_prefix(end);
  }
  return true;
}

// All "plugin.agent" of the notes; none where anything is unusual.
std::vector<std::string> names_in(std::string_view head) {
  const auto header = at<ElfW(Ehdr)>(head, 0);
  if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) return {};
  if (header->e_ident[EI_CLASS] != kClassHere || header->e_ident[EI_DATA] != kOrderHere) return {};
  std::vector<std::string> names;
  for (std::size_t i = 0; i < header->e_phnum; ++i) {
    const auto segment = at<ElfW(Phdr)>(head, header->e_phoff + i * sizeof(ElfW(Phdr)));
    if (!segment) return {};
    const bool holds_ours = segment->p_type == PT_NOTE && segment->p_align <= 4;
    if (!holds_ours) continue;
    if (segment->p_offset > head.size() || head.size() - segment->p_offset < segment->p_filesz) return {};
    if (!take_notes(head.substr(segment->p_offset, segment->p_filesz), names)) return {};
  }
  return names;
}

}  // namespace

bool Announcement::names(std::string_view name) const {
  const std::size_t dot = name.rfind('.');
  if (dot != name.npos && name.substr(0, dot) != plugin) return false;
  return std::ranges::binary_search(agents, dot == name.npos ? name : name.substr(dot + 1));
}

std::optional<Announcement> read_announcement(const std::filesystem::path& file) {
  std::array<char, kHead> head{};
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), head.size());
  Announcement announcement;
  for (const std::string& name : names_in({head.data(), static_cast<std::size_t>(in.gcount())})) {
    const std::size_t dot = name.find('.');
    if (dot == name.npos) return {};
    const std::string plugin = name.substr(0, dot);
    if (announcement.agents.empty()) announcement.plugin = plugin;
    if (plugin != announcement.plugin) return {};
    announcement.agents.push_back(name.substr(dot + 1));
  }
  if (announcement.agents.empty()) return {};
  std::ranges::sort(announcement.agents);
  return announcement;
}

void check_announcement(const Announcement& announcement, const Plugin& plugin) {
  std::vector<std::string> agents;
  for (const Agent& agent : plugin.agents) agents.push_back(agent.name);
  std::ranges::sort(agents);
  if (plugin.name == announcement.plugin && agents == announcement.agents) return;
  const auto list = [](const std::string& name, const std::vector<std::string>& names) {
    return printable(fmt::format("{}: {}", name, fmt::join(names, ", ")), 1024);
  };
  throw Error(fmt::format("plugin '{}': it has other agents than it announces", plugin.file),
              fmt::format("it announces {}; it has {}; build all of it again",
                          list(announcement.plugin, announcement.agents), list(plugin.name, agents)));
}

}  // namespace flux::plugin
