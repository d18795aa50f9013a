"""Commands measured side by side: turn by turn in one run, so that what else the
machine does falls on all of them alike."""

import dataclasses
import os
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
    file: str = ""  # what it reads, where it opens that itself
    events: int = 0  # how many it reads, where not as many as the race says: slow tools take fewer
    sample: str = ""  # its stdin while outputs are compared, where that is not `input`
    right: str = ""  # gives the right output; without, those that read the same are compared
    times: int = 1  # so often in one go, for what is over too soon to be timed alone

    def reads(self):
        return self.file or self.input


@dataclasses.dataclass
class Race:
    title: str
    events: int
    entries: list
    alike: str = "cat"  # outputs are compared as this leaves them: tools print numbers in their own ways


@dataclasses.dataclass
class Run:
    seconds: float
    user: float  # of the command and its children
    system: float
    mib: float  # peak memory of its largest process
    others: float  # share of the machine that others took meanwhile, 0 to 1


class Wrong(Exception):
    """An output that is not what the others give, or a command that failed."""


def _busy():
    """CPU seconds of the whole machine that were not idle, steal included."""
    with open("/proc/stat", encoding="ascii") as stat:
        fields = [int(word) for word in stat.readline().split()[1:9]]
    idle = fields[3] + fields[4]
    return (sum(fields) - idle) / os.sysconf("SC_CLK_TCK")


def run_once(entry):
    command = entry.command if entry.times == 1 else f"for _ in {{1..{entry.times}}}; do {entry.command}; done"
    # Not /dev/null: there GNU grep stops at the first line that it finds. Memory is told by time(1):
    # what this interpreter forks itself is counted as large as this interpreter.
    with open(entry.input, "rb") as source, open("/dev/zero", "wb") as nowhere, tempfile.NamedTemporaryFile("r") as peak:
        busy = _busy()
        begin = time.monotonic()
        process = subprocess.Popen(["time", "-f", "%M", "-o", peak.name, "bash", "-eo", "pipefail", "-c", command],
                                   stdin=source, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise Wrong(f"{entry.name}: exit status {process.returncode}\n  {command}")
        mib = int(peak.read().split()[-1]) / 1024
    cpu = usage.ru_utime + usage.ru_stime
    others = max(0.0, _busy() - busy - cpu) / (seconds * os.cpu_count())
    return Run(seconds / entry.times, usage.ru_utime / entry.times, usage.ru_stime / entry.times, mib, others)


def digest(name, command, source, alike):
    with open(source, "rb") as stdin:
        done = subprocess.run(["bash", "-eo", "pipefail", "-c", f"{command} | {alike} | sha256sum"], stdin=stdin,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise Wrong(f"{name}: exit status {done.returncode}\n  {command}\n{done.stderr.decode(errors='replace')}")
    return done.stdout


def check(race):
    """Raises Wrong unless all entries that read the same give the same, and what is `right`."""
    expected = {}
    for entry in race.entries:
        read = entry.sample or entry.reads()
        source = entry.sample or entry.input
        if entry.right:
            wanted = "what is right", digest(f"{entry.name}, what is right", entry.right, source, race.alike)
        else:
            wanted = expected.get(read)
        found = digest(entry.name, entry.command, source, race.alike)
        expected.setdefault(read, (entry.name, found))
        if wanted and found != wanted[1]:
            raise Wrong(f"{race.title}: {entry.name} gives another output than {wanted[0]}")


def row(race, entry, runs):
    """What an entry took, as plain values: medians, and every single run."""
    seconds = [run.seconds for run in runs]
    median = statistics.median(seconds)
    user = statistics.median(run.user for run in runs)
    system = statistics.median(run.system for run in runs)
    events = entry.events or race.events
    size = os.path.getsize(entry.reads()) if os.path.isfile(entry.reads()) else 0
    return {
        "name": entry.name,
        "events": events,
        "seconds": median,
        "least": min(seconds),
        "most": max(seconds),
        "user": user,
        "system": system,
        "mib": max(run.mib for run in runs),
        "events_per_second": events / median,
        "bytes_per_second": size / median,
        "busy": statistics.median(run.others for run in runs) > BUSY,
        "runs": seconds,
    }


def measure(race, runs):
    """A row for each entry. Checks first."""
    check(race)
    taken = [[] for _ in race.entries]
    for _ in range(runs):
        for runs_of_entry, entry in zip(taken, race.entries):
            runs_of_entry.append(run_once(entry))
    return [row(race, entry, runs_of_entry) for entry, runs_of_entry in zip(race.entries, taken)]
