"""The four workloads at a glance: the table that README.md and docs/performance.md quote."""

COLUMNS = {  # of the table: the rows of a race that fill it, the first one that is there
    "flux -j1": ["flux -j1"], "flux -j2": ["flux -j2"],
    "limit program": ["limit: sixteen digits at a time", "limit: simdjson DOM", "limit: On-Demand, spans copied",
                      "limit: DOM and a map"],
    "jq": ["jq"], "gojq": ["gojq"], "Miller": ["mlr"], "perl": ["perl"], "gawk": ["gawk"], "`grep -F`": ["grep -F"],
}


def overview(results):
    """Head and rows: million events per second."""
    rows = []
    for workload, what in (("W1", "`double | addone` on integers"), ("W2", '`where(level == "error")` on logs'),
                           ("W3", "`set(latency_s = latency_ms / 1000.0) | drop(msg)`"),
                           ("W4", "`count(by=[service, level])`")):
        rates = {}
        for race in results["races"]:
            if race["title"].startswith((f"{workload}:", f"{workload} and its peers")):
                for row in race["rows"]:
                    rates.setdefault(row["name"], f"{row['events_per_second'] / 1e6:.3g}")
        if rates:
            found = [next((rates[name] for name in names if name in rates), "–") for names in COLUMNS.values()]
            rows.append([f"{workload}: {what}", *found])
    return ["M events/s", *COLUMNS], rows
