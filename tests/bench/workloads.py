"""W1 to W4: the four workloads, beside what the machine would give, beside other tools, and inside a pipeline."""

import dataclasses

from race import Entry, Race
from tools import AS_VALUES, NODE, PYTHON

INTEGERS = "double|addone"
FILTER = 'where(level == "error")'
EDIT = "set(latency_s = latency_ms / 1000.0) | drop(msg)"
COUNT = "count(by=[service, level])"

# What other tools make of FILTER.
FILTER_PEERS = {
    "jq": "jq -c 'select(.level == \"error\")'", "gojq": "gojq -c 'select(.level == \"error\")'",
    "mlr": "mlr --ijsonl --ojsonl filter '$level == \"error\"'", "node": f"{NODE} filter", "python3": f"{PYTHON} filter"}

INTEGERS_PEERS = {
    "jq": "jq -c '. * 2 + 1'", "gojq": "gojq -c '. * 2 + 1'", "mlr": "mlr --inidx --onidx put '$1 = $1 * 2 + 1'",
    "perl": "perl -ne 'print $_ * 2 + 1, \"\\n\"'", "gawk": "gawk '{ printf \"%d\\n\", $1 * 2 + 1 }'",
    "mawk": "mawk '{ printf \"%.0f\\n\", $1 * 2 + 1 }'", "node": f"{NODE} integers", "python3": f"{PYTHON} integers"}

EDIT_PEERS = {
    "jq": "jq -c '.latency_s = .latency_ms / 1000 | del(.msg)'",
    "gojq": "gojq -c '.latency_s = .latency_ms / 1000 | del(.msg)'",
    "mlr": "mlr --ijsonl --ojsonl put '$latency_s = $latency_ms / 1000' then cut -x -f msg",
    "node": f"{NODE} edit", "python3": f"{PYTHON} edit"}

_COUNT_IN_JQ = ('reduce inputs as $e ({}; .["\\($e.service) \\($e.level)"] += 1) | to_entries[] | '
                '{service: (.key | split(" ")[0]), level: (.key | split(" ")[1]), count: .value}')
COUNT_PEERS = {
    "jq": f"jq -nc '{_COUNT_IN_JQ}'", "gojq": f"gojq -nc '{_COUNT_IN_JQ}'",
    "mlr": "mlr --ijsonl --ojsonl count -g service,level", "node": f"{NODE} count", "python3": f"{PYTHON} count"}



@dataclasses.dataclass
class Workload:
    name: str
    what: str
    pipeline: str
    kind: str  # of make_data
    limits: dict  # what they do: programs of our own that do this and nothing else. The first is raced in a pipe too
    peers: dict
    alike: str = "cat"  # outputs of flux and the limit programs are compared as this leaves them
    alike_peers: str = AS_VALUES  # and those of other tools

    def events(self, tools):
        return tools.ints if self.kind == "ints" else tools.logs


ALL = [
    Workload("W1", INTEGERS, INTEGERS, "ints",
             {"sixteen digits at a time": "limit_integers wide", "from_chars, to_chars": "limit_integers standard"},
             INTEGERS_PEERS, alike_peers="cat"),
    Workload("W2", FILTER, FILTER, "logs",
             {"simdjson DOM": "limit_filter dom", "simdjson On-Demand": "limit_filter on-demand"}, FILTER_PEERS),
    Workload("W3", "set one member, drop another", EDIT, "logs", {"On-Demand, spans copied": "limit_edit"}, EDIT_PEERS,
             alike="sed 's/e-0/e-/; s/:0e+00}/:0.0}/'"),  # limit_edit prints floats by std::to_chars alone
    Workload("W4", "count by two members", COUNT, "logs", {"DOM and a map": "limit_count"}, COUNT_PEERS,
             alike="sort", alike_peers=f"{AS_VALUES} | sort"),
]


def races(tools):
    yield from limits(tools)
    yield from peers(tools)
    yield from pipes(tools)


def limits(tools):
    """flux in all its ways on all the data, beside programs that do one of the jobs and nothing else."""
    for work in ALL:
        file = tools.data.file(work.kind, work.events(tools))
        entries = tools.flux_rows(work.pipeline, file, ("-j1", "-j2", "--trust-input -j1", "--trust-input -j2"))
        entries += [tools.limit(what, program, file) for what, program in work.limits.items()]
        if work.name == "W2":
            entries.append(Entry("grep -F", "grep -F '\"level\":\"error\"'", file))
        yield Race(f"{work.name}: {work.what}", work.events(tools), entries, work.alike)


def peers(tools):
    for work in ALL:
        count = work.events(tools)
        few = count // (10 if work.kind == "ints" else 30)
        entries = tools.sampled(work.kind, count, few, work.pipeline, work.peers)
        if work.name == "W1":
            naive = f"{tools.programs}/getline_nlohmann"
            entries.append(Entry("getline + nlohmann", naive, tools.data.file(work.kind, few), events=few))
        yield Race(f"{work.name} and its peers", count, entries, work.alike_peers)


def pipes(tools):
    for work in ALL:
        file = tools.data.file(work.kind, work.events(tools))
        commands = {f"flux {options}": tools.run(work.pipeline, options) for options in ("-j1", "-j2", "--trust-input -j1")}
        what, program = next(iter(work.limits.items()))
        commands[f"limit: {what}"] = f"{tools.programs}/{program}"
        yield Race(f"{work.name} inside a pipeline: cat FILE | flux | cat", work.events(tools), [
            Entry(name, f"cat {file} | {command} | cat", file=file) for name, command in commands.items()], work.alike)
