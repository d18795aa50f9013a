"""Commands measured side by side: turn by turn in one run, so that what else the
machine does falls on all of them alike."""

import dataclasses
import hashlib
import os
import shlex
import statistics
import subprocess
import tempfile
import time


BUSY = 0.1  # others took more than this share of the machine: the row is marked


@dataclasses.dataclass
class Entry:
    """One command of a race. Shell text; its stdin is `input`."""

    name: str
    command: str
    input: str = "/dev/null"
    only_timed: bool = False  # its output is not compared: it does not do all of the work


@dataclasses.dataclass
class Race:
    title: str
    events: int
    entries: list
    alike: str = "cat"  # outputs are compared as this leaves them: tools print numbers in their own ways
    file: str = ""  # whose size counts, where the commands open it themselves


@dataclasses.dataclass
class Run:
    seconds: float
    cpu: float  # user + system, of the command and its children
    others: float  # share of the machine that others took meanwhile, 0 to 1


class Wrong(Exception):
    """An output that is not what the others give."""


def _busy():
    """CPU seconds of the whole machine that were not idle, steal included."""
    with open("/proc/stat", encoding="ascii") as stat:
        fields = [int(word) for word in stat.readline().split()[1:9]]
    idle = fields[3] + fields[4]
    return (sum(fields) - idle) / os.sysconf("SC_CLK_TCK")


def run_once(entry):
    # Not /dev/null: there GNU grep stops at the first line that it finds.
    with open(entry.input, "rb") as source, open("/dev/zero", "wb") as nowhere:
        busy = _busy()
        begin = time.monotonic()
        process = subprocess.Popen(["bash", "-c", entry.command], stdin=source, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Wrong(f"{entry.name}: exit status {process.returncode}\n  {entry.command}")
    cpu = usage.ru_utime + usage.ru_stime
    others = max(0.0, _busy() - busy - cpu) / (seconds * os.cpu_count())
    return Run(seconds, cpu, others)


def look(entry, alike):
    """The digest of what it gives, and the peak memory of its largest process in MiB. (Not of a
    timed run: what this interpreter forks is counted as large as this interpreter.)"""
    with open(entry.input, "rb") as source, tempfile.NamedTemporaryFile("r") as peak:
        timed = ["command", "time", "-f", "%M", "-o", peak.name, "bash", "-c", entry.command]
        done = subprocess.run(["bash", "-c", f"set -o pipefail; {shlex.join(timed)} | {alike}"], stdin=source,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            raise Wrong(f"{entry.name}: exit status {done.returncode}\n  {entry.command}")
        return hashlib.sha256(done.stdout).hexdigest(), int(peak.read().split()[-1]) / 1024


def check(race):
    """All entries give the same output; else raises Wrong. Gives the peak memory of each."""
    first = None
    peaks = []
    for entry in race.entries:
        found, mib = look(entry, race.alike)
        peaks.append(mib)
        if entry.only_timed:
            continue
        if first is not None and found != first:
            raise Wrong(f"{race.title}: {entry.name} gives another output than {race.entries[0].name}")
        first = found
    return peaks


def measure(race, runs):
    """What each entry took, as rows of plain values: medians, with all runs kept. Checks first."""
    peaks = check(race)
    taken = [[] for _ in race.entries]
    for _ in range(runs):
        for runs_of_entry, entry in zip(taken, race.entries):
            runs_of_entry.append(run_once(entry))
    rows = []
    for entry, all_runs, mib in zip(race.entries, taken, peaks):
        seconds = [run.seconds for run in all_runs]
        file = race.file or entry.input
        size = os.path.getsize(file) if os.path.isfile(file) else 0
        median = statistics.median(seconds)
        rows.append({
            "name": entry.name,
            "seconds": median,
            "least": min(seconds),
            "most": max(seconds),
            "cpu": statistics.median(run.cpu for run in all_runs),
            "mib": mib,
            "events_per_second": race.events / median,
            "bytes_per_second": size / median,
            "busy": statistics.median(run.others for run in all_runs) > BUSY,
            "runs": seconds,
        })
    return rows
