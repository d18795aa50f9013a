// A text with members of the event in it: "{service}: {user.name} took {ms} ms". {{
// and }} are braces.
//
// Immutable, so safe from any thread.
#pragma once

#include <cstddef>
#include <flux/value.hpp>
#include <string>
#include <string_view>
#include <vector>

class Template {
 public:
  struct Piece {
    std::string text;     // stands before the member
    flux::Member member;  // without names: none, the text is the last
  };

  // Throws std::invalid_argument with the column of what is wrong.
  explicit Template(std::string_view text);

  // At least one; each but the last has a member.
  const std::vector<Piece>& pieces() const { return pieces_; }

 private:
  std::vector<Piece> pieces_;
};
