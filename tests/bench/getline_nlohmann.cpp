// What a programmer would write in five minutes: getline, a JSON library, *2 +1.
// flux run 'double|addone' is measured against it.
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

int main() {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line))
    std::cout << nlohmann::json::parse(line).get<std::int64_t>() * 2 + 1 << '\n';
}
