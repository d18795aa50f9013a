// Random JSON text, and random damage to it.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <string_view>

class RandomJson {
 public:
  explicit RandomJson(std::uint64_t seed) : random_(seed) {}

  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

  template <std::size_t N>
  std::string_view any_of(const std::string_view (&choices)[N]) {
    return choices[below(N)];
  }

  // Few names, so that they repeat; some of them written with escapes.
  std::string key() {
    static constexpr std::string_view kKeys[] = {
        R"("a")", R"("b")",      R"("c")",      R"("long_name_1")",      R"("long_name_2")",
        R"("")",  R"("\u0061")", R"("\u0062")", R"("long\u005fname_1")", R"("q\"")",
        R"("q")", R"("é")",      R"("\u00e9")"};
    return std::string(any_of(kKeys));
  }

  std::string value(int depth) {
    static constexpr std::string_view kScalars[] = {"0",
                                                    "-1",
                                                    "12345678",
                                                    "1.5",
                                                    "-0.0",
                                                    "1e400",
                                                    "123456789012345678901234567890",
                                                    "true",
                                                    "false",
                                                    "null",
                                                    R"("")",
                                                    R"("x")",
                                                    R"("a\nb\\\"c")",
                                                    R"("\ud83d\ude00")",
                                                    R"("é€😀")",
                                                    R"("\u0061\"\u0062")",
                                                    R"("[{")",
                                                    R"("}],:")",
                                                    "[]",
                                                    "{}",
                                                    "1.25E-3"};
    const auto kind = below(depth > 0 ? 4 : 2);
    if (kind == 2) return object(depth - 1);
    if (kind == 3) return array(depth - 1);
    return std::string(any_of(kScalars));
  }

  std::string object(int depth) {
    std::string text = "{" + space();
    for (auto left = below(6); left > 0; --left) {
      text += key() + space() + ":" + space() + value(depth) + space();
      if (left > 1) text += "," + space();
    }
    return text + "}";
  }

  std::string array(int depth) {
    std::string text = "[" + space();
    for (auto left = below(4); left > 0; --left)
      text += value(depth) + space() + (left > 1 ? "," + space() : "");
    return text + "]";
  }

  std::string space() {
    static constexpr std::string_view kSpaces[] = {"", "", "", "", "", " ", "  ", "\t", "\r"};
    return std::string(any_of(kSpaces));
  }

  // One to three changes; never a newline, which would make two lines.
  std::string damaged(std::string text) {
    for (auto left = 1 + below(3); left > 0; --left) damage_once(text);
    std::replace(text.begin(), text.end(), '\n', '\v');
    return text;
  }

 private:
  void damage_once(std::string& text) {
    static constexpr std::string_view kPieces[] = {"{",
                                                   "}",
                                                   "[",
                                                   "]",
                                                   ":",
                                                   ",",
                                                   "\"",
                                                   "\\",
                                                   "\\\"",
                                                   "\\u",
                                                   "\\ud83d",
                                                   "\\ude00",
                                                   "\\u00e9",
                                                   " ",
                                                   "\t",
                                                   "\r",
                                                   "\x01",
                                                   "\x0c",
                                                   "\x1a",
                                                   "\x7f",
                                                   "\x80",
                                                   "\xc3",
                                                   "\xff",
                                                   "\xed\xa0\x80",
                                                   "\xf4\x90\x80\x80",
                                                   "é",
                                                   "0",
                                                   "01",
                                                   "1.",
                                                   "-",
                                                   "+",
                                                   "e",
                                                   "E5",
                                                   ".",
                                                   "true",
                                                   "nul",
                                                   "null",
                                                   "\"a\":1,",
                                                   "\"a\":",
                                                   "[[",
                                                   "]]",
                                                   "{\"\":",
                                                   "\"\""};
    const std::size_t at = below(text.size() + 1);
    const std::size_t size = std::min<std::size_t>(1 + below(8), text.size() - at);
    switch (below(6)) {
      case 0:
        text.insert(at, any_of(kPieces));
        break;
      case 1:
        text.replace(at, std::min<std::size_t>(1, size), any_of(kPieces));
        break;
      case 2:
        text.erase(at, size);
        break;
      case 3:
        text.insert(at, text.substr(at, size));
        break;
      case 4:
        text.resize(at);
        break;
      case 5:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ 1 << below(8));
        break;
    }
  }

  std::mt19937_64 random_;
};
