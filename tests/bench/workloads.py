"""W1 to W4: the four workloads, beside what the machine would give, beside other tools, and inside a pipeline."""

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

AS_FLUX_PRINTS = "sed 's/e-0/e-/; s/:0e+00}/:0.0}/'"  # a limit program prints floats by std::to_chars alone


def races(tools):
    yield from limits(tools)
    yield from peers(tools)
    yield from pipes(tools)


def limits(tools):
    """flux in all its ways on all the data, beside programs that do one of the jobs and nothing else."""
    ints, logs = tools.data.file("ints", tools.ints), tools.data.file("logs", tools.logs)
    ways = "-j1", "-j2", "--trust-input -j1", "--trust-input -j2"
    yield Race(f"W1: {INTEGERS}", tools.ints, tools.flux_rows(INTEGERS, ints, ways) + [
        tools.limit("sixteen digits at a time", "limit_integers wide", ints),
        tools.limit("from_chars, to_chars", "limit_integers standard", ints)])
    yield Race(f"W2: {FILTER}", tools.logs, tools.flux_rows(FILTER, logs, ways) + [
        tools.limit("simdjson DOM", "limit_filter dom", logs),
        tools.limit("simdjson On-Demand", "limit_filter on-demand", logs),
        Entry("grep -F", "grep -F '\"level\":\"error\"'", logs)])
    yield Race("W3: set one member, drop another", tools.logs, tools.flux_rows(EDIT, logs, ways) + [
        tools.limit("On-Demand, spans copied", "limit_edit", logs)], AS_FLUX_PRINTS)
    yield Race("W4: count by two members", tools.logs, tools.flux_rows(COUNT, logs, ways) + [
        tools.limit("DOM and a map", "limit_count", logs)], f"{AS_VALUES} | sort")


def peers(tools):
    few = tools.ints // 10
    naive = Entry("getline + nlohmann", f"{tools.programs}/getline_nlohmann", tools.data.file("ints", few), events=few)
    yield Race("W1 and its peers", tools.ints, tools.sampled("ints", tools.ints, few, INTEGERS, INTEGERS_PEERS) + [naive])
    for title, pipeline, commands, alike in (("W2", FILTER, FILTER_PEERS, AS_VALUES), ("W3", EDIT, EDIT_PEERS, AS_VALUES),
                                             ("W4", COUNT, COUNT_PEERS, f"{AS_VALUES} | sort")):
        yield Race(f"{title} and its peers", tools.logs,
                   tools.sampled("logs", tools.logs, tools.logs // 30, pipeline, commands), alike)


def pipes(tools):
    for name, pipeline, kind, count in (("W1", INTEGERS, "ints", tools.ints), ("W2", FILTER, "logs", tools.logs),
                                        ("W3", EDIT, "logs", tools.logs), ("W4", COUNT, "logs", tools.logs)):
        file = tools.data.file(kind, count)
        yield Race(f"{name} inside a pipeline: cat FILE | flux | cat", count, [
            Entry(f"flux {options}", f"cat {file} | {tools.run(pipeline, options)} | cat", file=file)
            for options in ("-j1", "-j2", "--trust-input -j1")])
