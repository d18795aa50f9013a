#!/usr/bin/env python3
"""overview.py RESULTS.json: the tables that README.md and docs/performance.md quote, from
what `./dev bench` measured."""

import json
import sys

from targets import Measured, targets

WORKLOADS = {"W1": "`double | addone` on integers", "W2": '`where(level == "error")` on logs',
             "W3": "`set(latency_s = latency_ms / 1000.0) | drop(msg)`", "W4": "`count(by=[service, level])`"}
LIMITS = {  # what checks as much as the row does, where there is such a program
    "W1": "limit: sixteen digits at a time", "W2": "limit: simdjson DOM", "W3": "limit: On-Demand, spans copied",
    "W4": "limit: DOM and a map", "W2 --trust-input": "limit: simdjson On-Demand"}
PEERS = "jq", "gojq", "Miller", "node", "python3", "perl", "gawk"


def print_table(head, rows):
    for cells in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    print(flush=True)


def millions(row):
    return f"{row['events_per_second'] / 1e6:.3g}" if row else "–"


def in_short(measured):
    """W1 to W4 at a glance, in million events per second."""
    table = []
    for workload, what in WORKLOADS.items():
        rows, beside = measured.rows(f"{workload}:"), measured.rows(f"{workload} and")
        if rows or beside:
            table.append([f"{workload}: {what}", *(millions(rows.get(f"flux {jobs}")) for jobs in ("-j1", "-j2")),
                          millions(rows.get(LIMITS[workload])), *(millions(beside.get(peer)) for peer in PEERS),
                          millions(rows.get("grep -F"))])
        if rows and workload != "W1":
            trusting = [rows.get(f"flux --trust-input {jobs}") for jobs in ("-j1", "-j2")]
            table.append([f"{workload} with `--trust-input`", *map(millions, trusting),
                          millions(rows.get(LIMITS.get(f"{workload} --trust-input"))), *["–"] * (len(PEERS) + 1)])
    return ["M events/s", "flux -j1", "flux -j2", "limit program", *PEERS, "`grep -F`"], table


def kinds(measured):
    """Kinds that nothing was tuned for, in megabytes per second."""
    names = {"flux -j1": "flux -j1", "flux -j2": "flux -j2", "flux --trust-input -j1": "`--trust-input`",
             "limit: simdjson DOM": "simdjson DOM"} | {peer: peer for peer in PEERS[:5]}
    table = []
    for title, rows in measured.races.items():
        if title.startswith("Kinds: "):
            rates = (f"{rows[name]['bytes_per_second'] / 1e6:.0f}" if name in rows else "–" for name in names)
            table.append([title.split(": ")[1], *rates])
    return ["MB/s", *names.values()], table


def reached(results, unmeasured):
    return ["", "wanted", "measured", "reached"], [
        [what, aim, found or "not measured", ("yes" if is_reached else "**no**") if found else "–"]
        for what, aim, found, is_reached in targets(results) if found or unmeasured]


def print_overview(results, unmeasured=True):
    """`unmeasured`: targets of races that were not run are listed as well."""
    measured = Measured(results)
    machine = f"{results['machine']}, {results['cores']} cores, {results['date']}"
    tools = ", ".join(f"{name} {version}" for name, version in results["tools"].items())
    for title, (head, rows) in (
            (f"In short, {machine}; {tools}", in_short(measured)),
            ("Kinds of events that nothing was tuned for", kinds(measured)),
            ("What is to be reached: rates on two shared Zen 3 cores, ratios anywhere", reached(results, unmeasured))):
        if rows:
            print(f"**{title}**\n")
            print_table(head, rows)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        print_overview(json.load(file))
