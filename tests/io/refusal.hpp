// What people see of a set-up error, and the exit status that it means.
#pragma once

#include <functional>
#include <string>

#include "core/error.hpp"

// "flux: no\nexit 2"; "" if `action` throws nothing.
inline std::string refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const flux::Error& error) {
    return flux::describe(error) + "exit " + std::to_string(static_cast<int>(error.status));
  }
  return "";
}
