#include "random_expression.hpp"

#include <cstdlib>
#include <limits>

using flux::expr::Literal;
using flux::expr::Node;
using flux::expr::Operator;

namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr int kSlowness = 8;
#else
constexpr int kSlowness = 1;
#endif

enum class Want { boolean, number, string, list, any };

Node literal(Literal value) {
  Node node;
  node.literal = std::move(value);
  return node;
}

Node tree(Node::Form form, std::vector<Node> children, std::string text = {}) {
  Node node;
  node.form = form;
  node.children = std::move(children);
  node.text = std::move(text);
  return node;
}

Node operation(Operator op, std::vector<Node> children) {
  Node node = tree(Node::Form::operation, std::move(children));
  node.op = op;
  return node;
}

Node method(std::string name, std::vector<Node> children) {
  Node node = tree(Node::Form::call, std::move(children), std::move(name));
  node.is_method = true;
  return node;
}

class Grower {
 public:
  explicit Grower(Random& random) : random_(random) {}

  Node grow(Want want, int depth) {
    if (random_.one_in(25)) want = Want::any;
    if (want == Want::any) want = static_cast<Want>(random_.below(4));
    if (depth == 0 || random_.one_in(5)) return leaf(want);
    if (random_.one_in(12))
      return operation(Operator::choose,
                       {grow(Want::boolean, depth - 1), grow(want, depth - 1), grow(want, depth - 1)});
    switch (want) {
      case Want::boolean:
        return boolean(depth - 1);
      case Want::number:
        return number(depth - 1);
      case Want::string:
        return string(depth - 1);
      default:
        return list(depth - 1);
    }
  }

 private:
  Node name(std::string text) { return tree(Node::Form::name, {}, std::move(text)); }
  Node leaf(Want want);
  Node anywhere();
  Node boolean(int depth);
  Node number(int depth);
  Node string(int depth);
  Node list(int depth);

  template <std::size_t N>
  Operator any_of(const Operator (&choices)[N]) {
    return choices[random_.below(N)];
  }

  Random& random_;
};

Node Grower::leaf(Want want) {
  const bool is_written = random_.one_in(2);
  switch (want) {
    case Want::boolean:
      return is_written ? literal(random_.one_in(2)) : name(random_.any_of({"yes", "no", "maybe"}));
    case Want::number: {
      if (!is_written) return name(random_.any_of({"i", "j", "f", "n", "big"}));
      if (random_.one_in(2)) return literal(static_cast<std::int64_t>(random_.below(9)) - 3);
      constexpr double kFloats[] = {0.0, -0.5, 2.5, 1e300, 9007199254740992.0, 3.0};
      if (random_.one_in(2)) return literal(kFloats[random_.below(std::size(kFloats))]);
      constexpr std::int64_t kInts[] = {std::numeric_limits<std::int64_t>::max(),
                                        std::numeric_limits<std::int64_t>::min(), 9007199254740993,
                                        1'000'000};
      return literal(kInts[random_.below(std::size(kInts))]);
    }
    case Want::string:
      return is_written ? literal(random_.any_of({"", "x", "ab", "b", "é", "\n\"", "1", "key"}))
                        : name(random_.any_of({"s", "t", "u"}));
    default:
      return is_written ? anywhere() : name(random_.any_of({"list", "object", "missing", "nothing"}));
  }
}

Node Grower::anywhere() {
  switch (random_.below(4)) {
    case 0:
      return tree(Node::Form::member, {name("object")}, random_.any_of({"a", "b", "deep", "missing"}));
    case 1:
      return tree(Node::Form::index, {name("object"), literal(random_.any_of({"odd key", "a", ""}))});
    case 2:
      return tree(Node::Form::index, {name("list"), literal(static_cast<std::int64_t>(random_.below(4)))});
    default:
      return tree(Node::Form::member,
                  {tree(Node::Form::member, {name(random_.any_of({"object", "event"}))}, "deep")},
                  random_.any_of({"x", "missing"}));
  }
}

Node Grower::boolean(int depth) {
  constexpr Operator kOrders[] = {Operator::less, Operator::less_equal, Operator::greater,
                                  Operator::greater_equal};
  constexpr Operator kEqualities[] = {Operator::equal, Operator::not_equal};
  constexpr Operator kLogic[] = {Operator::logical_and, Operator::logical_or};
  switch (random_.below(9)) {
    case 0: {
      const Want want = random_.one_in(2) ? Want::number : Want::string;
      return operation(any_of(kOrders), {grow(want, depth), grow(want, depth)});
    }
    case 1: {
      const Want want = static_cast<Want>(random_.below(4));
      return operation(any_of(kEqualities), {grow(want, depth), grow(want, depth)});
    }
    case 2:
    case 3: {
      std::vector<Node> operands;
      for (std::size_t left = 2 + random_.below(2); left > 0; --left)
        operands.push_back(grow(Want::boolean, depth));
      return operation(any_of(kLogic), std::move(operands));
    }
    case 4:
      return operation(Operator::logical_not, {grow(Want::boolean, depth)});
    case 5:
      return operation(Operator::in, {grow(Want::any, depth), grow(Want::list, depth)});
    case 6:
      return method(random_.any_of({"contains", "startsWith", "endsWith"}),
                    {grow(Want::string, depth), grow(Want::string, depth)});
    case 7:
      return tree(Node::Form::call, {random_.one_in(2) ? anywhere() : name(random_.any_of({"i", "missing"}))},
                  "has");
    default:
      return operation(any_of(kEqualities), {grow(Want::any, depth), literal(std::monostate())});
  }
}

Node Grower::number(int depth) {
  constexpr Operator kArithmetic[] = {Operator::add, Operator::subtract, Operator::multiply, Operator::divide,
                                      Operator::modulo};
  switch (random_.below(8)) {
    case 0:
      return operation(Operator::negate, {grow(Want::number, depth)});
    case 1:
      return tree(Node::Form::call, {grow(random_.one_in(2) ? Want::string : Want::list, depth)}, "size");
    case 2:
      return tree(Node::Form::call, {grow(Want::number, depth)}, random_.any_of({"abs", "int", "double"}));
    case 3:
      return tree(Node::Form::call, {grow(Want::number, depth), grow(Want::number, depth)},
                  random_.any_of({"min", "max"}));
    default:
      return operation(any_of(kArithmetic), {grow(Want::number, depth), grow(Want::number, depth)});
  }
}

Node Grower::string(int depth) {
  switch (random_.below(4)) {
    case 0:
      return method(random_.any_of({"lowerAscii", "upperAscii", "trim"}), {grow(Want::string, depth)});
    case 1:
      return method("replace",
                    {grow(Want::string, depth), grow(Want::string, depth), grow(Want::string, depth)});
    case 2:
      return tree(Node::Form::call, {grow(Want::boolean, depth)}, "string");
    default:
      return operation(Operator::add, {grow(Want::string, depth), grow(Want::string, depth)});
  }
}

Node Grower::list(int depth) {
  if (random_.one_in(3)) return method("split", {grow(Want::string, depth), grow(Want::string, depth)});
  std::vector<Node> elements;
  for (std::size_t left = random_.below(4); left > 0; --left) elements.push_back(grow(Want::any, depth));
  return tree(Node::Form::list, std::move(elements));
}

}  // namespace

std::uint64_t first_seed() {
  if (const char* given = std::getenv("FLUX_SEED")) return std::strtoull(given, nullptr, 10);
  return std::random_device{}();
}

int cases(int usual) {
  if (const char* given = std::getenv("FLUX_CASES")) return std::atoi(given);
  return usual / kSlowness;
}

Node random_expression(Random& random) {
  return Grower(random).grow(random.one_in(3) ? Want::any : Want::boolean,
                             1 + static_cast<int>(random.below(5)));
}

std::string random_event(Random& random) {
  const auto number = [&] {
    return random.any_of({"0", "1", "-1", "3", "7", "9223372036854775807", "-9223372036854775808", "0.5",
                          "-2.5", "3.0", "1e2", "1e300", "9007199254740993", "9007199254740992.0"});
  };
  const auto text = [&] {
    return random.any_of({R"("")", R"("x")", R"("abc")", R"("\u0062")", R"("é")", R"("\n\"")", R"(" 1 ")"});
  };
  const auto any = [&]() -> std::string {
    switch (random.below(6)) {
      case 0:
        return text();
      case 1:
        return random.any_of({"true", "false", "null"});
      case 2:
        return random.any_of({"[]", "{}", R"([1, "x", [2.0]])", R"({"a": {"b": 1}})", R"({"a":{"b":1.0}})"});
      default:
        return number();
    }
  };
  std::string event = "{";
  const auto add = [&](const char* name, const std::string& usual) {
    if (random.one_in(8)) return;
    event +=
        (event.size() > 1 ? ",\"" : "\"") + std::string(name) + "\": " + (random.one_in(8) ? any() : usual);
  };
  for (const char* name : {"i", "j", "n", "big", "f"}) add(name, number());
  for (const char* name : {"s", "t", "u"}) add(name, text());
  add("yes", "true");
  add("no", "false");
  add("maybe", random.any_of({"true", "false"}));
  add("nothing", "null");
  add("list", "[" + any() + ", " + any() + " ]");
  add("object", R"({"a": )" + any() + R"(, "odd key" :)" + any() + R"(, "b": 1, "b": )" + any() +
                    R"(, "deep": {"x": )" + any() + "}}");
  add("deep", R"({"x": )" + any() + "}");
  return event + "}";
}
