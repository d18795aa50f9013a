// Reads a pipeline spec: `double | head(3) >> addone{max_events=10}`.
//
//   pipeline = flux { "|" flux } ;
//   flux     = agent { ">>" agent } [ settings ] ;
//   agent    = name [ "(" [ argument { "," argument } ] ")" ] ;
//   name     = identifier { "." identifier } ;
//   argument = [ key "=" ] value ;
//   key      = path | JSON string ;
//   settings = "{" identifier "=" value { "," identifier "=" value } "}" ;
//
// A value is taken as text, balanced in brackets and quotes. White space is free.
// Thread safety: a function without state.
#pragma once

#include <string_view>

#include "spec/ast.hpp"

namespace flux::spec {

// Throws Error with a caret at the place and a way out.
Pipeline parse(std::string_view text);

}  // namespace flux::spec
