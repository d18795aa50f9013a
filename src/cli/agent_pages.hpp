// What is told of agents: a line, a page, JSON for programs, Markdown for documents.
//
// Thread safety: functions without state.
#pragma once

#include <string>
#include <vector>

#include "plugin/descriptor.hpp"

namespace flux::cli {

using Agents = std::vector<const plugin::Agent*>;

std::string list_of(const Agents& agents);
// `has_namesake`: another plugin has an agent of that name, so that a pipeline has to
// say which.
std::string page_of(const plugin::Agent& agent, bool has_namesake);
std::string json_of(const Agents& agents);
std::string markdown_of(const Agents& agents);

}  // namespace flux::cli
