#include "spec/parser.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "spec/json_text.hpp"
#include "spec/lexer.hpp"

namespace flux::spec {

namespace {

constexpr const char* kNameAnAgent = "name an agent here ('flux agents' lists all)";
constexpr const char* kJoins = "'|' joins fluxes, '>>' makes one flux of two agents";

class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text, {0, text.size()}), whole_{0, text.size()} {}

  std::vector<FluxSpec> pipeline();

 private:
  FluxSpec flux();
  AgentCall agent();
  std::vector<Argument> arguments(Span open);
  Argument argument(Span open);
  std::vector<Setting> settings(Span open);
  Setting setting(Span open);

  [[noreturn]] void reject_missing_agent(Lexeme found) const;
  [[noreturn]] void reject_after_flux(const FluxSpec& flux, Lexeme found) const;

  Lexer lexer_;
  Span whole_;
  std::optional<Lexeme> join_;  // the '|' or '>>' that the next agent follows
};

std::vector<FluxSpec> Parser::pipeline() {
  if (lexer_.peek().token == Token::end) throw lexer_.error(whole_, "empty pipeline", kNameAnAgent);
  std::vector<FluxSpec> fluxes{flux()};
  while (lexer_.peek().token == Token::pipe) {
    join_ = lexer_.take();
    fluxes.push_back(flux());
  }
  const Lexeme rest = lexer_.peek();
  if (rest.token != Token::end) reject_after_flux(fluxes.back(), rest);
  return fluxes;
}

FluxSpec Parser::flux() {
  FluxSpec flux;
  flux.agents.push_back(agent());
  while (lexer_.peek().token == Token::compose) {
    join_ = lexer_.take();
    flux.agents.push_back(agent());
  }
  flux.span = {flux.agents.front().span.begin, flux.agents.back().span.end};
  const Lexeme open = lexer_.peek();
  if (open.token != Token::open_settings) return flux;
  lexer_.take();
  flux.settings = settings(open.span);
  flux.span.end = lexer_.take().span.end;
  return flux;
}

AgentCall Parser::agent() {
  const Lexeme name = lexer_.peek();
  if (name.token != Token::name) reject_missing_agent(name);
  lexer_.take();
  AgentCall call{std::string(lexer_.text(name.span)), name.span, {}, name.span};
  const Lexeme open = lexer_.peek();
  if (open.token != Token::open) return call;
  lexer_.take();
  call.arguments = arguments(open.span);
  call.span.end = lexer_.take().span.end;
  return call;
}

// Stops in front of the ')'.
std::vector<Argument> Parser::arguments(Span open) {
  std::vector<Argument> arguments;
  if (lexer_.at_bracket(')')) return arguments;
  do {
    arguments.push_back(argument(open));
  } while (lexer_.take_if(Token::comma));
  return arguments;
}

Argument Parser::argument(Span open) {
  Argument argument;
  if (auto key = lexer_.take_key()) {
    argument.key = std::move(key->path);
    argument.key_span = key->span;
  }
  argument.span = lexer_.take_value(open);
  argument.text = lexer_.text(argument.span);
  if (!argument.text.empty()) return argument;
  if (argument.key) {
    const std::string_view key = lexer_.text(argument.key_span);
    throw lexer_.error(argument.key_span, fmt::format("'{}' has no value", key),
                       fmt::format("write {}=VALUE", key));
  }
  throw lexer_.error(lexer_.peek().span, "empty argument", "give a value, or leave the ',' out");
}

// Stops in front of the '}'.
std::vector<Setting> Parser::settings(Span open) {
  std::vector<Setting> settings;
  do {
    Setting next = setting(open);
    const auto same_key = [&](const Setting& other) { return other.key == next.key; };
    if (std::any_of(settings.begin(), settings.end(), same_key))
      throw lexer_.error(next.key_span, fmt::format("setting '{}' is given twice", next.key),
                         "keep the one you mean");
    settings.push_back(std::move(next));
  } while (lexer_.take_if(Token::comma));
  return settings;
}

Setting Parser::setting(Span open) {
  const Lexeme key = lexer_.take();
  if (key.token == Token::end)
    throw lexer_.error(open, "missing '}'", "this bracket is not closed: add the '}'");
  if (key.token != Token::name)
    throw lexer_.error(key.span, fmt::format("expected a setting, found '{}'", lexer_.text(key.span)),
                       "settings are written {key=value, key=value}");
  Setting setting{std::string(lexer_.text(key.span)), key.span, {}, {}};
  if (lexer_.peek().token == Token::end)
    throw lexer_.error(open, "missing '}'", "this bracket is not closed: add the '}'");
  if (!lexer_.take_if(Token::equals))
    throw lexer_.error(key.span, fmt::format("missing '=' after setting '{}'", setting.key),
                       fmt::format("write {}=VALUE", setting.key));
  setting.value_span = lexer_.take_value(open);
  setting.value = lexer_.text(setting.value_span);
  if (setting.value.empty())
    throw lexer_.error(key.span, fmt::format("setting '{}' has no value", setting.key),
                       fmt::format("write {}=VALUE", setting.key));
  if (quoted_size(setting.value) != setting.value.size()) return setting;
  auto content = unquote(setting.value);
  if (!content)
    throw lexer_.error(setting.value_span, fmt::format("{} is not a JSON string", setting.value),
                       "a backslash is written \\\\");
  setting.value = std::move(*content);
  return setting;
}

void Parser::reject_missing_agent(Lexeme found) const {
  if (found.token == Token::compose)
    throw lexer_.error(found.span, "missing agent before '>>'", kNameAnAgent);
  if (join_ && join_->token == Token::compose)
    throw lexer_.error(join_->span, "missing agent after '>>'", kNameAnAgent);
  if (found.token == Token::end) throw lexer_.error(join_->span, "empty flux after '|'", kNameAnAgent);
  if (found.token != Token::pipe)
    throw lexer_.error(found.span, fmt::format("expected an agent, found '{}'", lexer_.text(found.span)),
                       kNameAnAgent);
  if (!join_) throw lexer_.error(found.span, "empty flux before '|'", kNameAnAgent);
  throw lexer_.error({join_->span.begin, found.span.end}, "empty flux between '|' and '|'",
                     "name an agent in between, or write one '|'");
}

void Parser::reject_after_flux(const FluxSpec& flux, Lexeme found) const {
  const Span settings{flux.agents.back().span.end, flux.span.end};
  const std::string_view text = lexer_.text(found.span);
  if (found.token == Token::compose)
    throw lexer_.error(settings, "settings belong to the whole flux, at its end",
                       "move them behind its last agent, or join two fluxes by '|'");
  if (found.token == Token::open_settings)
    throw lexer_.error(found.span, "a flux has its settings in one place",
                       "put all of them between one '{' and '}'");
  if (found.token == Token::open && !flux.settings.empty())
    throw lexer_.error(found.span, "arguments stand before settings", "write agent(argument){setting=value}");
  if (found.token == Token::name)
    throw lexer_.error(found.span, fmt::format("expected '|' or '>>' before '{}'", text), kJoins);
  throw lexer_.error(found.span, fmt::format("expected '|' or '>>', found '{}'", text), kJoins);
}

}  // namespace

Pipeline parse(std::string_view text) {
  const std::size_t valid = valid_utf8_size(text);
  if (valid < text.size())
    throw Error("the pipeline is not valid UTF-8", "write it in UTF-8, or use \\u escapes in a string",
                excerpt_of(text, {valid, valid + 1}));
  return {std::string(text), Parser(text).pipeline()};
}

}  // namespace flux::spec
