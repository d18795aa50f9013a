"""What flux is to reach, each next to what it did in this run. Rates are those of a
machine with two shared Zen 3 cores; ratios count anywhere."""


def _workload(title):
    """"W1 and" and "W1:" are both W1; other titles say enough themselves."""
    return title[:2] if title[0] == "W" else title.split(":")[0]


def targets(results):
    """(what, wanted, measured, is it reached) for all that was measured."""
    races = {race["title"]: {row["name"]: row for row in race["rows"]} for race in results["races"]}

    def find(title, name):
        for known, rows in races.items():
            if known.startswith(title):
                return rows.get(name)
        return None

    def rate(title, name, wanted):
        row = find(title, name)
        if row:
            found = row["events_per_second"] / 1e6
            yield f"{_workload(title)}{' in a pipeline' if 'inside' in title else ''}: {name}", f"≥ {wanted} M/s", f"{found:.1f} M/s", found >= wanted

    # Per event: slow tools run on a tenth of the events, where starting flux would count.
    def times_as_fast(title, name, other, wanted):
        row, beside = find(title, name), find(title, other) or find(f"{title[:2]} and", other)
        if row and beside:
            found = row["events_per_second"] / beside["events_per_second"]
            yield f"{_workload(title)}: {name} beside {other}", f"≥ {wanted:g} ×", f"{found:.2f} ×", found >= wanted

    def at_most(what, found, wanted, unit):
        yield what, f"≤ {wanted:g} {unit}", f"{found:.1f} {unit}", found <= wanted

    for title, one, two in (("W1:", 30, 45), ("W2:", 2.4, 4.0), ("W3:", 1.7, 2.8), ("W4:", 2.2, 3.8)):
        yield from rate(title, "flux -j1", one)
        yield from rate(title, "flux -j2", two)
    yield from rate("W2:", "flux --trust-input -j1", 4.0)
    yield from rate("W2:", "flux --trust-input -j2", 6.5)
    yield from rate("W1 inside", "flux -j1", 25)
    yield from rate("W2 inside", "flux -j1", 2.4)
    yield from rate("W3 inside", "flux -j1", 1.3)
    yield from times_as_fast("W1:", "flux -j1", "jq", 40)
    yield from times_as_fast("W1:", "flux -j1", "perl", 12)
    yield from times_as_fast("W1:", "flux -j1", "limit: sixteen digits at a time", 0.6)
    yield from times_as_fast("W2:", "flux -j1", "limit: simdjson DOM", 1)
    yield from times_as_fast("W2:", "flux --trust-input -j1", "limit: simdjson On-Demand", 0.9)
    yield from times_as_fast("W2:", "flux -j2", "grep -F", 1)
    yield from times_as_fast("W2:", "flux -j1", "jq", 16)
    yield from times_as_fast("W3:", "flux -j1", "jq", 25)
    for other in ("gojq", "mlr"):
        yield from times_as_fast("W3:", "flux -j1", other, 18)
    yield from times_as_fast("W4:", "flux -j1", "jq", 26)
    for title, length, most in (("Agents in a row: double", 10, 1.3), ("Agents in a row: where", 10, 1.15)):
        two, ten = find(title, "2 agents"), find(title, f"{length} agents")
        if two and ten:
            yield from at_most(f"{title}…, {length} instead of 2", ten["seconds"] / two["seconds"], most, "×")
    start = find("Start-up", "flux")
    if start:
        yield from at_most("start-up", start["seconds"] * 100, 3, "ms")
    yield from times_as_fast("Start-up", "flux", "jq", 1)
    one, thousand = find("The same lines", "1 file"), find("The same lines", "1000 files")
    if one and thousand:
        yield from at_most("1000 files instead of 1", thousand["seconds"] / one["seconds"], 1.1, "×")
    for jobs, most in (("-j1", 16), ("-j2", 40)):
        peaks = [row["mib"] for race in results["races"] if race["title"].startswith("W")
                 for row in race["rows"] if row["name"].endswith(jobs)]
        if peaks:
            yield from at_most(f"memory {jobs}", max(peaks), most, "MiB")
    for title in races:
        if title.startswith("A drop buffer"):
            yield from times_as_fast(title, "with a drop buffer", "fused", 0.6)
    for row in results.get("answers", []):
        yield from at_most(row["name"], row["p50_us"] / 1000, 1 if "idle" in row["name"] else 20, "ms")
    if "watched" in results:
        found = results["watched"]["plain"] / results["watched"]["watched"] * 100
        yield "a run with a tap and a scrape a second", "≥ 97 %", f"{found:.1f} %", found >= 97
    lines = {row["name"]: row["p50_us"] for row in results.get("lines", [])}
    if lines:
        yield from at_most("a line through an idle pipe, beyond a copying program",
                           lines["flux -j1, idle"] - lines["copy, idle"], 15, "µs")
