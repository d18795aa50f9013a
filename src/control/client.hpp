// Asks the control endpoint of a live pipeline.
//
// Thread safety: functions without state.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "control/http.hpp"

namespace flux::control {

// Where the pipeline listens, and what is asked of it.
struct Question {
  std::string socket;
  std::string method;  // "POST"
  std::string target;  // "/invoke?trace=1"
  std::string body;
};

// Takes the body of an answer of status 200, piece by piece as it comes; false: enough.
using Take = std::function<bool(std::string_view)>;

// The answer; its body was handed to `take` where the status is 200. Throws Error (exit
// status 5) where no pipeline listens, or where it goes away before it has answered.
Response ask(const Question& question, const Take& take);

}  // namespace flux::control
