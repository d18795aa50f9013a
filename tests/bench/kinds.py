"""Kinds of events that nothing was tuned for. flux reads them beside simdjson's DOM, which checks as much;
the other tools read a twentieth, on which all outputs are compared."""

from race import Race
from tools import AS_VALUES
from workloads import FILTER, FILTER_PEERS

FILTERED = {  # title: kind of make_data, bytes per event
    "The wanted member first": ("first", 320),
    "The wanted member last, behind nested objects": ("last", 320),
    "120 members, the last one wanted": ("wide", 2000),
    "Three members": ("short", 40),
    "White space between tokens": ("spaced", 220),
    "Strings of 1 to 10 KB, full of escapes": ("text", 6000),
    "Strings in which half is escaped": ("escapes", 600),
    "Many small arrays": ("arrays", 700),
    "Words of many alphabets": ("unicode", 400),
}

NESTED = "where(context.request.status >= 500)"
NESTED_PEERS = {
    "jq": "jq -c 'select(.context.request.status >= 500)'", "gojq": "gojq -c 'select(.context.request.status >= 500)'",
    "mlr": "mlr --ijsonl --ojsonl filter '$context[\"request\"][\"status\"] >= 500'"}

NUMBERS = "where(x > 0.5) | set(sum = x + y)"
NUMBERS_PEERS = {  # not Miller: it makes strings of the longest integers
    "jq": "jq -c 'select(.x > 0.5) | .sum = .x + .y'", "gojq": "gojq -c 'select(.x > 0.5) | .sum = .x + .y'"}

GROUPS = "stats(amount, by=account) | pick(account, sum)"
_GROUPS_IN_JQ = "group_by(.account)[] | {account: .[0].account, sum: (map(.amount) | add)}"
GROUPS_PEERS = {
    "jq": f"jq -sc '{_GROUPS_IN_JQ}'", "gojq": f"gojq -sc '{_GROUPS_IN_JQ}'",
    "mlr": "mlr --ijsonl --ojsonl stats1 -a sum -f amount -g account then rename amount_sum,sum"}


def races(tools):
    total = tools.logs * 40  # bytes of each kind
    ways = "-j1", "-j2", "--trust-input -j1"
    for title, (kind, size) in FILTERED.items():
        count = max(1, total // size)
        few = max(1, count // 20)
        entries = tools.sampled(kind, count, few, FILTER, FILTER_PEERS, ways=ways)
        dom = tools.limit("simdjson DOM", "limit_filter dom", tools.data.file(kind, count), sample=entries[0].sample)
        yield Race(f"Kinds: {title}: {FILTER}", count, [*entries[:len(ways)], dom, *entries[len(ways):]], AS_VALUES)
    for title, kind, size, pipeline, peers, alike in (
            ("A nested member", "last", 320, NESTED, NESTED_PEERS, AS_VALUES),
            ("Numbers of 17 digits and more", "numbers", 140, NUMBERS, NUMBERS_PEERS, AS_VALUES),
            ("Sums of 100,000 groups", "groups", 36, GROUPS, GROUPS_PEERS, f"{AS_VALUES} | sort")):
        count = max(1, total // size)
        few = max(1, count // 20)
        yield Race(f"Kinds: {title}: {pipeline}", count,
                   tools.sampled(kind, count, few, pipeline, peers, ways=ways), alike)
