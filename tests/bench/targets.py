"""What flux is to reach, each next to what it did in this run. Rates are those of a
machine with two shared Zen 3 cores; ratios count anywhere."""

PEERS = "jq", "gojq", "Miller", "node", "python3"


class Measured:
    """Looks things up in what a run of the bench measured; None where it did not."""

    def __init__(self, results):
        self.races = {race["title"]: {row["name"]: row for row in race["rows"]} for race in results["races"]}
        self.lines = {row["name"]: row for row in results.get("lines", [])}
        self.answers = {row["name"]: row for row in results.get("answers", [])}
        self.watched = results.get("watched")

    def rows(self, title):
        return next((rows for known, rows in self.races.items() if known.startswith(title)), {})

    def value(self, title, name, what="seconds"):
        return self.rows(title).get(name, {}).get(what)

    def ratio(self, title, name, other, what="events_per_second"):
        one, two = self.value(title, name, what), self.value(title, other, what)
        return one / two if one and two else None

    def peak(self, suffix):
        """The most memory of such rows, in MiB, whatever the input; but where groups are to be held."""
        peaks = [row["mib"] for title, rows in self.races.items() if "groups" not in title
                 for name, row in rows.items() if name.endswith(suffix)]
        return max(peaks, default=None)


def at_least(what, found, wanted, unit, stretch=None):
    aim = f"≥ {wanted:g} {unit}" + (f", better {stretch:g}" if stretch else "")
    return what, aim, f"{found:.3g} {unit}" if found else None, found and found >= wanted


def at_most(what, found, wanted, unit, stretch=None):
    aim = f"≤ {wanted:g} {unit}" + (f", better {stretch:g}" if stretch else "")
    return what, aim, f"{found:.3g} {unit}" if found is not None else None, found is not None and found <= wanted


def targets(results):
    """(what, wanted, measured or None, is it reached)"""
    measured = Measured(results)
    yield from workloads(measured)
    yield from scaling(measured)
    yield from living(measured)


def workloads(measured):
    def rate(title, name, wanted, stretch=None):
        found = measured.value(title, name, "events_per_second")
        what = f"{title[:2]}{' inside a pipeline' if 'inside' in title else ''}: {name}"
        return at_least(what, found and found / 1e6, wanted, "M/s", stretch)

    def times_as_fast(title, name, other, wanted):
        return at_least(f"{title[:2]}: {name} beside {other}", measured.ratio(title, name, other), wanted, "×")

    for title, one, two, stretch in (("W1:", 30, 45, 45), ("W2:", 2.4, 4.0, 3.0), ("W3:", 1.7, 2.8, 2.0),
                                     ("W4:", 2.2, 3.8, 2.8)):
        yield rate(title, "flux -j1", one, stretch)
        yield rate(title, "flux -j2", two)
    yield rate("W2:", "flux --trust-input -j1", 4.0)
    yield rate("W2:", "flux --trust-input -j2", 6.5)
    for title, wanted in (("W1 inside", 25), ("W2 inside", 2.4), ("W3 inside", 1.3)):
        yield rate(title, "flux -j1", wanted)
    yield times_as_fast("W1:", "flux -j1", "limit: sixteen digits at a time", 0.6)
    yield times_as_fast("W2:", "flux -j1", "limit: simdjson DOM", 1)
    yield times_as_fast("W2:", "flux --trust-input -j1", "limit: simdjson On-Demand", 0.9)
    yield times_as_fast("W2:", "flux -j2", "grep -F", 1)
    for title, other, wanted in (("W1 and", "jq", 40), ("W1 and", "perl", 12), ("W2 and", "jq", 16),
                                 ("W2 and", "Fluent Bit", 11), ("W3 and", "jq", 25)):
        yield times_as_fast(title, "flux -j1", other, wanted)
    others = {name: row["events_per_second"] for name, row in measured.rows("W3 and").items() if name in PEERS[1:]}
    best = max(others, key=others.get, default="the best of the others")
    yield times_as_fast("W3 and", "flux -j1", best, 18)
    yield times_as_fast("W4 and", "flux -j1", "jq", 26)
    yield times_as_fast("W4 and", "flux -j1", "node", 11)


def scaling(measured):
    for title, most in (("Agents in a row: double", 1.3), ("Agents in a row: where", 1.15)):
        yield at_most(f"{title}…, ten instead of two", measured.ratio(title, "10 agents", "2 agents", "seconds"), most, "×")
    start = measured.value("Start-up", "flux")
    yield at_most("start-up", start and start * 1000, 3, "ms", 2)
    yield at_least("start-up beside jq", measured.ratio("Start-up", "flux", "jq"), 1, "×")
    yield at_most("memory -j1, whatever the input", measured.peak("-j1"), 16, "MiB")
    yield at_most("memory -j2, whatever the input", measured.peak("-j2"), 40, "MiB")
    grown = list(measured.rows("Growth: double").values())
    memory = grown[-1]["mib"] / grown[-3]["mib"] if len(grown) > 2 else None
    yield at_most("memory for a hundredfold input", memory, 1.1, "×")
    for title in ("Growth: double", "Growth: where"):
        rows = list(measured.rows(title).values())
        sizes = f"{rows[0]['events']:,} to {rows[-1]['events']:,}" if rows else "10,000 to 100,000,000"
        yield at_most(f"{title}…, {sizes}: an event at its dearest beside its cheapest", spread(rows), 1.25, "×")
    for title, what in (("The same lines", "1000 files"), ("Few lines", "1000 files of 11 KB")):
        yield at_most(f"{what} instead of 1", measured.ratio(title, "1000 files", "1 file", "seconds"), 1.1, "×")
    for title in ("A drop buffer that keeps up, ints", "A drop buffer that keeps up, logs"):
        for jobs in ("-j1", "-j2"):
            found = measured.ratio(f"{title} {jobs}", "with a drop buffer", "fused")
            yield at_least(f"{title} {jobs}: beside fused", found, 0.6, "×")


def spread(rows):
    """From each size to the next, what one event more costs, by the fastest runs; start-up is not in it. The most of
    these to the least."""
    if len(rows) < 3:
        return None
    costs = [(more["least"] - less["least"]) / (more["events"] - less["events"]) for less, more in zip(rows, rows[1:])]
    return max(costs) / min(costs) if min(costs) > 0 else float("inf")


def living(measured):
    def beyond(state):
        flux, copy = (measured.lines.get(f"{state}: {name}") for name in ("flux -j1", "copy"))
        return flux["p50_us"] - copy["p50_us"] if flux and copy else None

    yield at_most("a line through an idle pipe, beyond a copying program", beyond("an idle pipe"), 15, "µs")
    for name, most in (("an idle pipeline answers", 1), ("a saturated one answers, -j1", 20),
                       ("a saturated one answers, -j2", 20)):
        found = measured.answers.get(name)
        yield at_most(name, found and found["p50_us"] / 1000, most, "ms")
    found = measured.watched
    yield at_least("a run with a tap and a scrape a second", found and found["plain"] / found["watched"] * 100, 97, "%")
