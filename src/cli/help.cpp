#include "cli/help.hpp"

#include <fmt/format.h>

namespace flux::cli {

namespace {

// "-o, --output FILE".
std::string call_of(const CLI::Option& option) {
  std::string call;
  for (const std::string& name : option.get_snames()) call += (call.empty() ? "-" : ", -") + name;
  for (const std::string& name : option.get_lnames()) call += (call.empty() ? "--" : ", --") + name;
  return call + option.get_option_text();
}

}  // namespace

std::string help_page(const CLI::App& command) {
  std::string page = command.get_description() + "\n";
  for (const std::string& group : command.get_groups()) {
    const auto is_listed = [&](const CLI::Option* option) {
      return option->get_group() == group && option->nonpositional() && option != command.get_help_ptr();
    };
    const auto options = command.get_options(is_listed);
    if (!options.empty()) page += fmt::format("\n{}:\n", group);
    for (const CLI::Option* option : options) {
      const std::string call = call_of(*option);
      const bool is_long = call.size() > 25;  // then what it does has a line of its own
      page += fmt::format("  {:<25}{}{}\n", call, is_long ? fmt::format("\n{:28}", "") : " ",
                          option->get_description());
    }
  }
  return page + command.get_footer();
}

}  // namespace flux::cli
