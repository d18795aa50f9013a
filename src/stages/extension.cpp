#include "stages/extension.hpp"

#include <algorithm>
#include <cstring>

#include "io/block.hpp"
#include "json/check.hpp"
#include "json/string.hpp"
#include "plan/look_ahead.hpp"
#include "rows/encoder.hpp"

namespace flux::runtime {

namespace {

std::size_t slot_of(const std::vector<Path>& reads, const Path& path) {
  return static_cast<std::size_t>(std::find(reads.begin(), reads.end(), path) - reads.begin());
}

std::vector<Path> kept_paths(const Type& output) {
  std::vector<Path> paths;
  for (const Field& field : output.fields)
    if (field.kept) paths.push_back(field.path);
  return paths;
}

}  // namespace

Extension::Extension(const plan::Plan& plan, const plan::Stage& stage)
    : stage_(stage),
      kept_(kept_paths(stage.output)),
      can_patch_(plan::changes_members_alone(plan, stage)),
      reader_(json::Wanted(plan.reads[stage.read_out])) {
  const auto& before = plan.reads[stage.read_in];
  for (const Field& field : stage.output.fields) {
    Change change{&field, slot_of(before, field.path), 0, json::quote(field.path.back()), {}, 2};
    if (!field.to.empty()) {
      change.new_slot = slot_of(before, field.to);
      change.new_name = json::quote(field.to.back());
    }
    // Objects on the way may have to be made: {"a":{"b":value}}.
    for (const std::string& name : field.path) change.most_added += json::quote(name).size() + 4;
    change.most_added += change.new_name.size();
    changes_.push_back(std::move(change));
  }
  for (const Path& path : plan.reads[stage.read_out]) {
    Source source{slot_of(before, path)};
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      const Field& field = *changes_[i].field;
      if (field.path == path) source.change = static_cast<std::ptrdiff_t>(i);
      if (field.to == path) source.renamed = static_cast<std::ptrdiff_t>(i);
    }
    sources_.push_back(source);
  }
  what_.resize(changes_.size());
  values_.resize(changes_.size());
  appended_.resize(changes_.size());
}

Batch Extension::apply(const Batch& in, std::uint32_t begin, std::span<const std::uint32_t> which,
                       std::span<const flux_out_column> columns, Arena& arena) {
  if (!can_patch_) return rewrite(in, begin, which, columns, arena);
  using io::Block;
  std::size_t most = 0;
  for (const std::uint32_t row : which) {
    most += in.text(row).size();
    for (std::size_t c = 0; c < changes_.size(); ++c) {
      if (columns[c].present[row - begin] == FLUX_ABSENT) continue;
      most += changes_[c].most_added;
      if (columns[c].present[row - begin] == FLUX_PRESENT)
        most += cell_size_bound({stage_.output.fields[c].kind, columns[c].data, nullptr}, row - begin);
    }
  }
  auto* base = reinterpret_cast<char*>(arena.take(Block::kFront + most + Block::kBack)) + Block::kFront;
  auto documents = arena.array<json::Documents>(1);
  json::Documents& result = documents[0] = json::Documents();
  result.slots = sources_.size();
  result.is_checked = in.documents->is_checked;
  result.begin = arena.array<std::uint32_t>(which.size());
  result.end = arena.array<std::uint32_t>(which.size());
  result.duplicates = arena.array<std::uint8_t>(which.size());
  result.members = arena.array<json::Member>(which.size() * result.slots);
  auto kept = arena.array<std::uint32_t>(which.size());
  std::size_t r = 0;
  unfit_.clear();
  char* end = base;
  for (const std::uint32_t row : which) {
    const auto to = static_cast<std::uint32_t>(end - base);
    gather(columns, row - begin, arena);
    result.begin[r] = to;
    result.duplicates[r] = 0;
    if (patch(in, row)) {
      end = patch_.write(end);
      note_members(in, row, to, result.members.subspan(r * result.slots, result.slots));
    } else if (in.documents->is_checked || json::is_value(in.text(row))) {
      const std::string_view text = json::edit(in.text(row), edits_, arena);
      std::memcpy(end, text.data(), text.size());
      end += text.size();
      read_again(text, to, result, r, arena);
    } else {
      unfit_.push_back(row);
      continue;
    }
    result.end[r] = static_cast<std::uint32_t>(end - base);
    kept[r++] = row;
  }
  result.count = result.lines = r;
  Batch out = in.pick(kept.first(r), arena);
  out.become_text(base, result, counting(out.rows, arena));
  return out;
}

Batch Extension::rewrite(const Batch& in, std::uint32_t begin, std::span<const std::uint32_t> which,
                         std::span<const flux_out_column> columns, Arena& arena) {
  Bytes lines;
  for (const std::uint32_t row : which) {
    gather(columns, row - begin, arena);
    const std::string_view text = in.text(row);
    lines.append(json::edit(kept_.is_everything() ? text : kept_.apply(text, arena), edits_, arena));
    lines.append('\n');
  }
  return documents_of(in.pick(which, arena), lines.view(), reader_, arena);
}

// The changes of one row: for the patch, and for edit() should that be needed.
void Extension::gather(std::span<const flux_out_column> columns, std::uint32_t row, Arena& arena) {
  edits_.clear();
  for (std::size_t c = 0; c < changes_.size(); ++c) {
    const Field& field = *changes_[c].field;
    what_[c] = columns[c].present[row];
    if (what_[c] == FLUX_ABSENT) continue;
    json::Edit change{json::Edit::Op::remove, &field.path, &field.to, {}};
    if (what_[c] == FLUX_RENAMED) change.op = json::Edit::Op::rename;
    if (what_[c] == FLUX_PRESENT) {
      change.op = json::Edit::Op::set;
      change.value = values_[c] = cell_text({field.kind, columns[c].data, nullptr}, row, arena);
    }
    edits_.push_back(change);
  }
}

// Whether the row's changes can be made by splicing at places that are known.
bool Extension::patch(const Batch& in, std::uint32_t row) {
  const json::Documents& documents = *in.documents;
  const std::uint32_t doc = in.doc[row];
  if (documents.duplicates[doc] != 0) return false;
  patch_.start(in.base, documents.begin[doc], documents.end[doc]);
  std::ptrdiff_t appended = 0;
  for (std::size_t c = 0; c < changes_.size(); ++c) {
    const Change& change = changes_[c];
    const json::Member& member = documents.member(doc, change.slot);
    const bool is_there = member.value != 0;
    appended_[c] = -1;
    if (what_[c] == FLUX_PRESENT && !is_there) {
      if (change.field->path.size() > 1) return false;  // objects on the way may be missing, too
      patch_.append(change.quoted_name, values_[c]);
      appended_[c] = appended++;
    }
    if (!is_there) continue;
    if (what_[c] == FLUX_PRESENT) patch_.set(member, values_[c]);
    if (what_[c] == FLUX_REMOVED) patch_.remove(member);
    if (what_[c] == FLUX_RENAMED) {
      if (documents.member(doc, change.new_slot).value != 0) return false;  // that one has to go
      patch_.rename(member, change.new_name);
    }
  }
  return patch_.settle();
}

void Extension::note_members(const Batch& in, std::uint32_t row, std::uint32_t to,
                             std::span<json::Member> members) {
  const std::uint32_t doc = in.doc[row];
  for (std::size_t slot = 0; slot < members.size(); ++slot) {
    const Source& source = sources_[slot];
    json::Member from = in.documents->member(doc, source.slot);
    if (source.change >= 0) {
      const auto change = static_cast<std::size_t>(source.change);
      if (what_[change] == FLUX_REMOVED || what_[change] == FLUX_RENAMED) from = {};
      if (appended_[change] >= 0) {
        members[slot] = patch_.appended(static_cast<std::size_t>(appended_[change]), to);
        continue;
      }
    }
    if (source.renamed >= 0) {
      const auto change = static_cast<std::size_t>(source.renamed);
      const json::Member& renamed = in.documents->member(doc, changes_[change].slot);
      if (what_[change] == FLUX_RENAMED && renamed.value != 0) from = renamed;
    }
    members[slot] = from.value == 0 ? from : patch_.moved(from, to);
  }
}

void Extension::read_again(std::string_view text, std::uint32_t to, json::Documents& documents,
                           std::size_t row, Arena& arena) {
  using io::Block;
  if (documents.slots == 0) return;
  auto* copy =
      reinterpret_cast<char*>(arena.take(Block::kFront + text.size() + 1 + Block::kBack)) + Block::kFront;
  std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = '\n';
  const json::Documents read = reader_.read({copy, text.size() + 1}, arena);
  documents.duplicates[row] = read.duplicates[0];
  for (std::size_t slot = 0; slot < documents.slots; ++slot) {
    json::Member member = read.member(0, slot);
    if (member.value != 0) member = {member.key + to, member.value + to, member.end + to};
    documents.members[row * documents.slots + slot] = member;
  }
}

}  // namespace flux::runtime
