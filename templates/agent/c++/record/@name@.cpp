// @name@: the event goes on with members set; what is not touched keeps its bytes.
#include <array>
#include <cstdint>
#include <flux/agent.hpp>

// What is read of an event,
struct Sale {
  double price;
  std::int64_t count;
};
FLUX_RECORD(Sale, price, count);

// and what is set on it.
struct Worked {
  double total;
};
FLUX_RECORD(Worked, total);

struct @Name@ : flux::Extend {
  static constexpr auto examples = std::array{
      flux::example("@name@", "{\"price\":2.5,\"count\":4}\n", "{\"price\":2.5,\"count\":4,\"total\":10.0}\n")};

  Worked invoke(const Sale& sale) const {
    if (sale.count < 0) throw flux::Refused("count is negative");
    return {sale.price * static_cast<double>(sale.count)};
  }
};
FLUX_AGENT(@Name@, "@name@", "Sets total from price and count");
