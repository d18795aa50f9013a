// The whole text that a person would see of the Error that something throws.
#pragma once

#include <string>

#include "core/error.hpp"

template <class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const flux::Error& error) {
    return flux::describe(error);
  }
  return "no error";
}
