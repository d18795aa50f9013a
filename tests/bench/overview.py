#!/usr/bin/env python3
"""overview.py RESULTS.json: the tables that README.md and docs/performance.md quote, from
what `./dev bench` measured."""

import json
import sys

from targets import targets

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


def rate(rows, name):
    return f"{rows[name]['events_per_second'] / 1e6:.3g}" if name in rows else "–"


def in_short(races):
    """W1 to W4 at a glance."""
    columns = ["flux -j1", "flux -j2", "limit program", *PEERS, "`grep -F`"]
    table = []
    for workload, what in WORKLOADS.items():
        rows = {name: row for title, rows in races.items() if title.startswith((f"{workload} and", f"{workload}:"))
                for name, row in rows.items()}
        if not rows:
            continue
        main = next((rows for title, rows in races.items() if title.startswith(f"{workload}:")), rows)
        table.append([f"{workload}: {what}", *(rate(main, f"flux {jobs}") for jobs in ("-j1", "-j2")),
                      rate(rows, LIMITS[workload]), *(rate(rows, peer) for peer in (*PEERS, "grep -F"))])
        if workload != "W1" and "flux --trust-input -j1" in main:
            table.append([f"{workload} with `--trust-input`", *(rate(main, f"flux --trust-input {jobs}") for jobs in ("-j1", "-j2")),
                          rate(rows, LIMITS.get(f"{workload} --trust-input")), *["–"] * (len(PEERS) + 1)])
    return ["M events/s", *columns], table


def kinds(races):
    """MB per second for the kinds that nothing was tuned for, and how much faster than each tool."""
    columns = ["flux -j1", "flux -j2", "--trust-input", "simdjson DOM", "jq", "gojq", "Miller", "node", "python3"]
    table = []
    for title, rows in races.items():
        if not title.startswith("Kinds: "):
            continue
        names = ["flux -j1", "flux -j2", "flux --trust-input -j1", "limit: simdjson DOM", *columns[4:]]
        table.append([title.split(": ")[1], *(f"{rows[name]['bytes_per_second'] / 1e6:.0f}" if name in rows else "–" for name in names)])
    return ["MB/s", *columns], table


def reached(results, unmeasured=True):
    return ["", "wanted", "measured", "reached"], [
        [what, aim, found or "not measured", ("yes" if is_reached else "**no**") if found else "–"]
        for what, aim, found, is_reached in targets(results) if found or unmeasured]


def print_overview(results, unmeasured=True):
    races = {race["title"]: {row["name"]: row for row in race["rows"]} for race in results["races"]}
    machine = f"{results['machine']}, {results['cores']} cores, {results['date']}"
    tools = ", ".join(f"{name} {version}" for name, version in results["tools"].items())
    for title, (head, rows) in ((f"In short, {machine}; {tools}", in_short(races)),
                                ("Kinds of events that nothing was tuned for", kinds(races)),
                                ("What is to be reached: rates on two shared Zen 3 cores, ratios anywhere",
                                 reached(results, unmeasured))):
        if rows:
            print(f"**{title}**\n")
            print_table(head, rows)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        print_overview(json.load(file))
