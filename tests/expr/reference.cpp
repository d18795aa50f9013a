#include "reference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "json/number.hpp"

using flux::expr::Node;
using flux::expr::Operator;
using nlohmann::json;
using Result = std::optional<json>;

namespace {

// Exact for every int64 and double: 64 bits of mantissa.
static_assert(std::numeric_limits<long double>::digits >= 64);
long double exact(const json& number) {
  return number.is_number_float() ? static_cast<long double>(number.get<double>())
                                  : static_cast<long double>(number.get<std::int64_t>());
}

Result whole(__int128_t number) {
  if (number != static_cast<std::int64_t>(number)) return {};
  return json(static_cast<std::int64_t>(number));
}

// An int that no double equals must not become one.
std::optional<double> as_double(const json& number) {
  const long double value = exact(number);
  const double rounded = static_cast<double>(value);
  return rounded == value ? std::optional(rounded) : std::nullopt;
}

Result arithmetic(Operator op, const json& a, const json& b) {
  if (op == Operator::add && a.is_string() && b.is_string())
    return a.get<std::string>() + b.get<std::string>();
  if (!a.is_number() || !b.is_number()) return {};
  if (a.is_number_integer() && b.is_number_integer()) {
    const __int128_t left = a.get<std::int64_t>();
    const __int128_t right = b.get<std::int64_t>();
    if (op == Operator::add) return whole(left + right);
    if (op == Operator::subtract) return whole(left - right);
    if (op == Operator::multiply) return whole(left * right);
    if (right == 0) return {};
    return whole(op == Operator::divide ? left / right : left % right);
  }
  const auto left = as_double(a);
  const auto right = as_double(b);
  if (op == Operator::modulo || !left || !right) return {};
  if (op == Operator::divide && *right == 0) return {};
  const double result = op == Operator::add        ? *left + *right
                        : op == Operator::subtract ? *left - *right
                        : op == Operator::multiply ? *left * *right
                                                   : *left / *right;
  return std::isfinite(result) ? Result(result) : std::nullopt;
}

Result order(Operator op, const json& a, const json& b) {
  if (a.is_null() || b.is_null()) return false;
  int order = 0;
  if (a.is_number() && b.is_number()) {
    order = exact(a) < exact(b) ? -1 : exact(a) > exact(b);
  } else if (a.is_string() && b.is_string()) {
    order = a.get<std::string>().compare(b.get<std::string>());
  } else if (a.is_boolean() && b.is_boolean()) {
    order = a.get<bool>() - b.get<bool>();
  } else {
    return {};
  }
  switch (op) {
    case Operator::less:
      return order < 0;
    case Operator::less_equal:
      return order <= 0;
    case Operator::greater:
      return order > 0;
    default:
      return order >= 0;
  }
}

Result in(const json& item, const json& whole) {
  if (whole.is_array())
    return std::any_of(whole.begin(), whole.end(), [&](const json& one) { return is_equal(item, one); });
  if (!whole.is_object() || !item.is_string()) return {};
  return whole.contains(item.get<std::string>());
}

// x in [a, b] is x == a || x == b.
Result in_list(const Node& item, const Node& list, const json& event) {
  const Result left = refer(item, event);
  if (!left) return {};
  bool has_failed = false;
  for (const Node& element : list.children) {
    const Result right = refer(element, event);
    if (right && is_equal(*left, *right)) return true;
    has_failed |= !right;
  }
  return has_failed ? Result() : Result(false);
}

Result logic(const Node& node, const json& event) {
  const bool decides = node.op == Operator::logical_or;
  bool has_failed = false;
  for (const Node& child : node.children) {
    const Result value = refer(child, event);
    if (value && value->is_boolean() && value->get<bool>() == decides) return decides;
    has_failed |= !value || !value->is_boolean();
  }
  return has_failed ? Result() : Result(!decides);
}

Result operation(const Node& node, const json& event) {
  if (node.op == Operator::logical_and || node.op == Operator::logical_or) return logic(node, event);
  if (node.op == Operator::in && node.children[1].form == Node::Form::list)
    return in_list(node.children[0], node.children[1], event);
  const Result a = refer(node.children[0], event);
  if (!a) return {};
  if (node.op == Operator::logical_not) return a->is_boolean() ? Result(!a->get<bool>()) : std::nullopt;
  if (node.op == Operator::negate) {
    if (a->is_number_float()) return -a->get<double>();
    return a->is_number_integer() ? whole(-static_cast<__int128_t>(a->get<std::int64_t>())) : std::nullopt;
  }
  if (node.op == Operator::choose)
    return a->is_boolean() ? refer(node.children[a->get<bool>() ? 1 : 2], event) : std::nullopt;
  const Result b = refer(node.children[1], event);
  if (!b) return {};
  switch (node.op) {
    case Operator::equal:
      return is_equal(*a, *b);
    case Operator::not_equal:
      return !is_equal(*a, *b);
    case Operator::less:
    case Operator::less_equal:
    case Operator::greater:
    case Operator::greater_equal:
      return order(node.op, *a, *b);
    case Operator::in:
      return in(*a, *b);
    default:
      return arithmetic(node.op, *a, *b);
  }
}

json member(const json& whole, const std::string& name) {
  return whole.is_object() && whole.contains(name) ? whole[name] : json();
}

Result index(const json& whole, const json& key) {
  if (whole.is_null()) return json();
  if (key.is_string()) return member(whole, key.get<std::string>());
  if (!key.is_number_integer() || !whole.is_array()) return {};
  const auto at = key.get<std::int64_t>();
  if (at < 0 || at >= static_cast<std::int64_t>(whole.size())) return {};
  return whole[static_cast<std::size_t>(at)];
}

std::vector<std::string> code_points(const std::string& text) {
  std::vector<std::string> points;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) points.emplace_back();
    points.back() += c;
  }
  return points;
}

std::vector<std::string> split(std::string text, const std::string& separator) {
  if (separator.empty()) return code_points(text);
  std::vector<std::string> parts;
  for (std::size_t at; (at = text.find(separator)) != text.npos; text.erase(0, at + separator.size()))
    parts.push_back(text.substr(0, at));
  parts.push_back(text);
  return parts;
}

std::string replace(const std::string& text, const std::string& from, const std::string& to) {
  std::string result;
  if (from.empty()) {
    for (const std::string& point : code_points(text)) result += to + point;
    return result + to;
  }
  const std::vector<std::string> parts = split(text, from);
  for (std::size_t i = 0; i < parts.size(); ++i) result += (i == 0 ? "" : to) + parts[i];
  return result;
}

std::string with_case(std::string text, bool upper) {
  for (char& c : text)
    if (upper ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z') c = static_cast<char>(c ^ 0x20);
  return text;
}

std::string trim(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\n\r\f\v");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n\r\f\v") + 1 - begin);
}

// As flux writes floats everywhere: nlohmann changes to exponents elsewhere.
std::string as_text(double number) {
  char text[flux::json::kFloatRoom];
  return {text, flux::json::put_float(text, number)};
}

Result on_number(const std::string& name, const json& number) {
  if (name == "double") {
    const auto value = as_double(number);
    return value ? Result(*value) : std::nullopt;
  }
  if (name == "abs" && number.is_number_float()) return std::fabs(number.get<double>());
  if (name == "abs")
    return exact(number) < 0 ? whole(-static_cast<__int128_t>(number.get<std::int64_t>())) : number;
  const long double towards_zero = std::trunc(exact(number));
  if (towards_zero >= 9223372036854775808.0L || towards_zero < -9223372036854775808.0L) return {};
  return static_cast<std::int64_t>(towards_zero);
}

Result call(const Node& node, const json& event) {
  const std::string& name = node.text;
  std::vector<json> of;
  for (const Node& child : node.children) {
    Result value = refer(child, event);
    if (!value) return {};
    of.push_back(*std::move(value));
  }
  const auto all = [&](bool (json::*is)() const) {
    return std::all_of(of.begin(), of.end(), [&](const json& one) { return (one.*is)(); });
  };
  if (name == "has") return !of[0].is_null();
  if (name == "size") {
    if (of[0].is_string()) return static_cast<std::int64_t>(code_points(of[0].get<std::string>()).size());
    return of[0].is_structured() ? Result(static_cast<std::int64_t>(of[0].size())) : std::nullopt;
  }
  if (name == "string") {
    if (of[0].is_string()) return of[0];
    if (of[0].is_number_float()) return as_text(of[0].get<double>());
    return of[0].is_primitive() && !of[0].is_null() ? Result(of[0].dump()) : std::nullopt;
  }
  if (name == "min" || name == "max") {
    if (!all(&json::is_number)) return {};
    const bool second = name == "min" ? exact(of[1]) < exact(of[0]) : exact(of[1]) > exact(of[0]);
    return of[second];
  }
  if (name == "int" || name == "double" || name == "abs")
    return of[0].is_number() ? on_number(name, of[0]) : std::nullopt;
  if (!all(&json::is_string)) return {};
  const std::string text = of[0].get<std::string>();
  const std::string other = of.size() > 1 ? of[1].get<std::string>() : "";
  if (name == "contains") return text.find(other) != text.npos;
  if (name == "startsWith") return text.starts_with(other);
  if (name == "endsWith") return text.ends_with(other);
  if (name == "split") return split(text, other);
  if (name == "replace") return replace(text, other, of[2].get<std::string>());
  if (name == "trim") return trim(text);
  return with_case(text, name == "upperAscii");
}

}  // namespace

bool is_equal(const json& a, const json& b) {
  if (a.is_number() && b.is_number()) return exact(a) == exact(b);
  if (a.is_array() && b.is_array()) return std::equal(a.begin(), a.end(), b.begin(), b.end(), is_equal);
  if (a.is_object() && b.is_object())
    return a.size() == b.size() && std::all_of(a.items().begin(), a.items().end(), [&](const auto& member) {
             return b.contains(member.key()) && is_equal(member.value(), b[member.key()]);
           });
  return a.type() == b.type() && a == b;
}

Result refer(const Node& node, const json& event) {
  switch (node.form) {
    case Node::Form::literal: {
      if (const auto* value = std::get_if<bool>(&node.literal)) return *value;
      if (const auto* value = std::get_if<std::int64_t>(&node.literal)) return *value;
      if (const auto* value = std::get_if<double>(&node.literal)) return *value;
      if (const auto* value = std::get_if<std::string>(&node.literal)) return *value;
      return json();
    }
    case Node::Form::name:
      return node.text == "event" ? event : member(event, node.text);
    case Node::Form::member: {
      const Result whole = refer(node.children[0], event);
      return whole ? Result(member(*whole, node.text)) : std::nullopt;
    }
    case Node::Form::index: {
      const Result whole = refer(node.children[0], event);
      const Result key = refer(node.children[1], event);
      return whole && key ? index(*whole, *key) : std::nullopt;
    }
    case Node::Form::list: {
      json list = json::array();
      for (const Node& child : node.children) {
        Result value = refer(child, event);
        if (!value) return {};
        list.push_back(*std::move(value));
      }
      return list;
    }
    case Node::Form::call:
      return call(node, event);
    case Node::Form::operation:
      return operation(node, event);
  }
  return {};
}
