"""What one line takes: through an idle pipe, through one while a core is kept busy, and through one
through which lines flow at a steady rate."""

import re
import shutil
import statistics
import subprocess

PER_SECOND = 10_000


def percentiles(times):
    return statistics.median(times), sorted(times)[len(times) * 99 // 100]


def row(name, rounds):
    """Of rounds of (p50, p99) in microseconds: the medians, the least and the most."""
    p50, p99 = ([took[i] for took in rounds] for i in (0, 1))
    return {"name": name, "p50_us": statistics.median(p50), "p50_least": min(p50), "p50_most": max(p50),
            "p99_us": statistics.median(p99), "p99_least": min(p99), "p99_most": max(p99)}


def lines(programs, flux, count, rounds):
    """Rows of p50 and p99: medians of so many rounds, turn by turn."""
    commands = {"copy": [f"{programs}/copy"]}
    for jobs in ("-j1", "-j2"):
        commands[f"flux {jobs}"] = [flux, "run", jobs, "--summary=none", "addone"]
    if shutil.which("jq"):
        commands["jq --unbuffered"] = ["jq", "--unbuffered", ". + 1"]
    probes = {"an idle pipe": ["round_trip", str(count)], "an idle pipe, a core kept busy": ["round_trip", str(count)],
              f"{PER_SECOND:,} lines a second": ["steady_flow", str(count * 10), str(PER_SECOND)]}
    rows = []
    for state, (probe, *options) in probes.items():
        load = subprocess.Popen(["sh", "-c", "while :; do :; done"]) if "kept busy" in state else None
        taken = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                said = subprocess.run([f"{programs}/{probe}", *options, *command], capture_output=True, text=True,
                                      check=True).stdout
                taken[name].append(tuple(map(float, re.findall(r"[\d.]+", said))))
        if load:
            load.kill()
            load.wait()
        rows += [row(f"{state}: {name}", taken[name]) for name in commands]
    return rows
