"""The commands that are raced: flux, limit programs of our own, and the tools that are installed."""

import os
import shutil
import subprocess
import sys

from data import Data
from race import Entry

HERE = os.path.dirname(os.path.abspath(__file__))
AS_VALUES = f"{sys.executable} {HERE}/as_values.py"
NODE = f"node {HERE}/peers/node.mjs"
PYTHON = f"{sys.executable} {HERE}/peers/python.py"
PEERS = {"jq": "jq", "gojq": "gojq", "mlr": "Miller", "perl": "perl", "gawk": "gawk", "mawk": "mawk", "grep": "grep",
         "node": "node", "python3": "python3"}  # by command, and what they are called


def versions():
    """Of the peers that are installed."""
    found = {}
    for command, name in PEERS.items():
        if not shutil.which(command):
            continue
        how = ["-W", "version"] if command == "mawk" else ["-e", "print $^V"] if command == "perl" else ["--version"]
        done = subprocess.run([command, *how], capture_output=True, text=True, check=False)
        numbers = [word.strip(",v") for word in done.stdout.replace("jq-", "").split() if any(map(str.isdigit, word))]
        found[name] = numbers[0] if numbers else "unknown"
    return found


class Tools:
    """`build` is the release tree; sizes in events."""

    def __init__(self, build, ints, logs):
        self.ints, self.logs = ints, logs
        self.flux = f"{build}/bin/flux"
        self.programs = f"{build}/bench"
        self.data = Data(self.programs)

    def run(self, pipeline, options="-j1"):
        return f"{self.flux} run {options} --summary=none '{pipeline}'"

    def flux_rows(self, pipeline, file, ways=("-j1", "-j2"), **more):
        """flux in each of these ways, which are options."""
        return [Entry(f"flux {options}", self.run(pipeline, options), file, **more) for options in ways]

    def limit(self, what, program, file, **more):
        return Entry(f"limit: {what}", f"{self.programs}/{program}", file, **more)

    def peers(self, file, events, **commands):
        """Those that are installed, on a file of so many events: tool="its command"."""
        return [Entry(PEERS[tool], command, file, events=events) for tool, command in commands.items()
                if shutil.which(tool)]

    def sampled(self, kind, count, few, pipeline, peers, size=0, ways=("-j1", "-j2")):
        """flux on `count` events and the tools on `few`, on which their outputs are compared. flux takes more
        than they do lest its start-up count; rates are per event."""
        sample = self.data.file(kind, few, size)
        return [*self.flux_rows(pipeline, self.data.file(kind, count, size), ways, sample=sample),
                *self.peers(sample, few, **peers)]
