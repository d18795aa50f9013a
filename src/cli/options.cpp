#include "cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <span>
#include <string_view>
#include <thread>

#include "cli/command_table.hpp"
#include "core/error.hpp"

namespace flux::cli {

namespace {

constexpr char kMark = '\x1f';

class Parser {
 public:
  // Options only of commands that some word names, for no other can be chosen: to make
  // those of all takes a tenth of a millisecond of every start.
  explicit Parser(std::span<const char* const> words) : app_(kFluxHelp.what, "flux") {
    app_.footer(kFluxHelp.examples);
    app_.require_subcommand(0, 1);
    app_.add_flag("--version", wants_version_, "print the version");
    for (const CommandEntry& entry : command_table()) {
      CLI::App* const command = app_.add_subcommand(entry.name, entry.help.what);
      command->footer(entry.help.examples);
      const auto is_named = [&](std::string_view word) { return word == entry.name; };
      if (std::any_of(words.begin(), words.end(), is_named)) entry.add_options(*command, draft_);
    }
  }

  Options parse(int argc, const char* const* argv) {
    try {
      // What stands behind "--" is words, whatever it looks like; CLI11 would only
      // take it for the first positional.
      const char* const* end = argv + argc;
      const auto is_dashes = [](const char* word) { return std::string_view(word) == "--"; };
      const char* const* dashes = std::find_if(argv, end, is_dashes);
      parse_words(argv, dashes);
      if (dashes != end) draft_.words.insert(draft_.words.end(), dashes + 1, end);
      finish();
    } catch (const CLI::CallForHelp&) {
      draft_.options.command = Command::help;
      draft_.options.help = help_page(*chosen_app());
    } catch (const CLI::ExtrasError&) {
      throw unexpected();
    } catch (const CLI::ParseError& error) {
      std::string message = error.what();
      if (!message.empty())
        message[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(message[0])));
      throw Error(message, usage_hint(chosen_name()));
    }
    return std::move(draft_.options);
  }

 private:
  // CLI11 takes "[1,2]" for two words. A mark in front of it keeps it whole.
  void parse_words(const char* const* begin, const char* const* end) {
    std::vector<std::string> words;
    for (const char* const* word = end; word != begin + 1;) {  // it wants them backwards
      --word;
      words.push_back(**word == '[' ? kMark + std::string(*word) : *word);
    }
    app_.parse(words);
    Options& options = draft_.options;
    for (std::vector<std::string>* list : {&draft_.words, &options.plugins})
      for (std::string& word : *list) unmark(word);
    for (std::string* word :
         {&options.output, &options.dead_letter, &options.control, &options.pheromones, &draft_.config})
      unmark(*word);
    if (options.agent) unmark(*options.agent);
  }

  static void unmark(std::string& word) {
    if (word.starts_with(kMark)) word.erase(0, 1);
  }

  void finish() {
    const CommandEntry* const entry = chosen();
    if (wants_version_) {
      draft_.options.command = Command::version;
    } else if (entry != nullptr) {
      draft_.options.command = entry->command;
      entry->take_words(draft_);
    } else {
      throw Error("a command is missing", "'flux --help' tells the commands");
    }
  }

  const CommandEntry* chosen() const {
    for (const CommandEntry& entry : command_table())
      if (app_.got_subcommand(entry.name)) return &entry;
    return nullptr;
  }
  std::string chosen_name() const {
    const CommandEntry* const entry = chosen();
    return entry == nullptr ? "" : entry->name;
  }
  const CLI::App* chosen_app() const {
    const CommandEntry* const entry = chosen();
    return entry == nullptr ? &app_ : app_.get_subcommand(entry->name);
  }

  // What no command takes: the first such word, and what may be meant by it.
  Error unexpected() const {
    std::string word = app_.remaining(true).front();
    unmark(word);
    const CLI::App* const app = chosen_app();
    const bool is_option = word.starts_with('-');
    std::vector<std::string> known;
    if (is_option) {
      word.erase(std::min(word.find('='), word.size()));
      for (const CLI::Option* option : app->get_options())
        for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    } else if (app == &app_) {
      for (const CommandEntry& entry : command_table()) known.emplace_back(entry.name);
    }
    const std::string hint = usage_hint(chosen_name());
    const char* const what = is_option ? "option" : app == &app_ ? "command" : "argument";
    const auto meant = nearest(word, known);
    if (meant == word)
      return Error(fmt::format("option '{}' in front of its command", word),
                   fmt::format("write it behind: flux {} {}", app->get_name(), word));
    return Error(fmt::format("unknown {} '{}'", what, printable(word)),
                 meant ? fmt::format("did you mean '{}'? ({})", *meant, hint) : hint);
  }

  CLI::App app_;
  Draft draft_;
  bool wants_version_ = false;
};

}  // namespace

Options parse_command_line(int argc, const char* const* argv) {
  Options options = Parser({argv, static_cast<std::size_t>(argc)}).parse(argc, argv);
  if (options.workers == 0) options.workers = std::max(1U, std::thread::hardware_concurrency());
  return options;
}

}  // namespace flux::cli
