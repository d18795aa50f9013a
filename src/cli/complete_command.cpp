// flux complete: what the last word typed so far may become. One line per candidate,
// its text and, behind a tab, what it is; lines that begin with ':' are for the shell:
// ":files" names of files fit, too, ":nospace" no candidate is the end of its word.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>

#include "cli/command_table.hpp"
#include "cli/commands.hpp"
#include "cli/completion.hpp"
#include "core/error.hpp"

namespace flux::cli {

namespace {

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// "Runs a pipeline over FILEs (- is stdin)…": the line behind the usage.
std::string what_is(const CommandEntry& entry) {
  const auto lines = split(entry.help.what, '\n');
  return lines.size() > 1 ? lines[1] : "";
}

class WordCompleter {
 public:
  WordCompleter(const CommandEntry& entry, const std::vector<std::string>& words)
      : entry_(entry), typed_(words.back()) {
    entry.add_options(app_, draft_);
    for (std::size_t i = 1; i + 1 < words.size(); ++i) pass(words[i]);
  }

  Completion complete() {
    if (waiting_ != nullptr) return values(*waiting_, "", typed_);
    if (!only_words_ && typed_.starts_with('-')) return options();
    return word();
  }

 private:
  // A word in front of the one that is typed.
  void pass(const std::string& word) {
    if (waiting_ != nullptr) {
      note(*waiting_, word);
      waiting_ = nullptr;
    } else if (only_words_ || !word.starts_with('-') || word == "-") {
      ++words_before_;
    } else if (word == "--") {
      only_words_ = true;
    } else {
      const std::size_t equals = std::min(word.find('='), word.size());
      const CLI::Option* const option = app_.get_option_no_throw(word.substr(0, equals));
      if (option == nullptr || option->get_items_expected_max() == 0) return;
      if (equals == word.size()) {
        waiting_ = option;
      } else {
        note(*option, word.substr(equals + 1));
      }
    }
  }

  // What of it matters to the words that follow.
  void note(const CLI::Option& option, const std::string& value) {
    if (option.check_lname("plugin")) draft_.options.plugins.push_back(value);
    if (option.check_lname("config")) draft_.config = value;
  }

  Completion options() const {
    const std::size_t equals = typed_.find('=');
    if (equals != std::string::npos) {
      const CLI::Option* const option = app_.get_option_no_throw(typed_.substr(0, equals));
      if (option == nullptr) return {};
      return values(*option, typed_.substr(0, equals + 1), typed_.substr(equals + 1));
    }
    Completion completion;
    for (const CLI::Option* option : app_.get_options()) {
      for (const std::string& name : option->get_lnames())
        if (("--" + name).starts_with(typed_))
          completion.candidates.push_back({"--" + name, option->get_description()});
    }
    return completion;
  }

  // " skip|fail" are values, " FILE" says what one is.
  static Completion values(const CLI::Option& option, const std::string& before, const std::string& typed) {
    Completion completion;
    const std::string& text = option.get_option_text();
    if (text.starts_with(" FILE") || text.starts_with(" PATH")) completion.is_file = true;
    if (text.size() < 2 || std::islower(static_cast<unsigned char>(text[1])) == 0) return completion;
    for (const std::string& value : split(text.substr(1), '|'))
      if (value.starts_with(typed)) completion.candidates.push_back({before + value, ""});
    return completion;
  }

  Completion word() const {
    auto kinds = split(entry_.words, ' ');
    if (!draft_.config.empty() && !kinds.empty() && kinds.front() == "PIPELINE") kinds.erase(kinds.begin());
    if (kinds.empty()) return {};
    const bool repeats = kinds.back().ends_with("...");
    if (repeats) kinds.back().resize(kinds.back().size() - 3);
    if (words_before_ >= kinds.size() && !repeats) return {};
    const std::string& kind = kinds[std::min(words_before_, kinds.size() - 1)];
    if (kind == "FILE") return {{}, false, true};
    if (kind == "PIPELINE" || kind == "AGENT") {
      plugin::Registry registry;
      load_plugins(registry, draft_.options, nullptr);
      return kind == "AGENT" ? complete_agent(typed_, registry) : complete_pipeline(typed_, registry);
    }
    Completion completion;
    if (kind.starts_with(typed_)) completion.candidates.push_back({kind, ""});
    return completion;
  }

  const CommandEntry& entry_;
  const std::string& typed_;
  Draft draft_;
  CLI::App app_;
  const CLI::Option* waiting_ = nullptr;  // the option whose value comes next
  bool only_words_ = false;               // behind "--"
  std::size_t words_before_ = 0;
};

}  // namespace

Completion complete(const std::vector<std::string>& words) {
  if (words.size() > 1) {
    for (const CommandEntry& entry : command_table())
      if (entry.name == words.front()) return WordCompleter(entry, words).complete();
    return {};
  }
  Completion completion;
  const auto offer = [&](std::string word, std::string what) {
    if (word.starts_with(words.front())) completion.candidates.push_back({std::move(word), std::move(what)});
  };
  for (const CommandEntry& entry : command_table())
    if (entry.command != Command::complete) offer(entry.name, what_is(entry));
  offer("--help", "what there is");
  offer("--version", "print the version");
  return completion;
}

int complete(const Options& options, const io::StandardStreams& streams) {
  Completion completion;
  try {
    completion = complete(options.typed);
  } catch (const Error&) {  // a plugin that is none, say: no reason to disturb who types
  }
  std::string text;
  if (completion.is_file) text += ":files\n";
  if (completion.goes_on) text += ":nospace\n";
  for (const Candidate& candidate : completion.candidates)
    text += fmt::format("{}\t{}\n", candidate.text, candidate.what);
  return print(streams, text);
}

}  // namespace flux::cli
