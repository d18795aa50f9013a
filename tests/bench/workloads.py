"""What is raced: flux, limit programs of our own, and the tools that are installed."""

import os
import shutil
import subprocess

from race import Entry, Race

AS_VALUES = "jq -cS ."  # white space, member order and 1.0 for 1 do not count


class Workloads:
    """Makes the races. `build` is the release tree; sizes in events. Data is made when a
    race that reads it is about to run."""

    def __init__(self, build, ints, logs):
        self.build, self.ints, self.logs = build, ints, logs
        self.flux = f"{build}/bin/flux"
        self.programs = f"{build}/bench"
        helps = subprocess.run([self.flux, "run", "--help"], capture_output=True, text=True, check=True).stdout
        self.can_trust = "--trust-input" in helps
        self.makers = {}  # file or folder: makes it

    def data(self, kind, count, size=0):
        """The name of a file of so many events."""
        file = f"{self.programs}/data/{kind}-{count}{f'-{size}' if size else ''}.ndjson"

        def make(part):
            with open(part, "wb") as out:
                subprocess.run([f"{self.programs}/make_data", kind, str(count), str(size)], stdout=out, check=True)

        self.makers[file] = make
        return file

    def split(self, file, pieces):
        """The name of a folder with the lines of a file in so many pieces."""
        folder = f"{file}.{pieces}"

        def make(part):
            os.makedirs(part, exist_ok=True)
            subprocess.run(["split", "-a", "4", "-n", f"l/{pieces}", file, f"{part}/part-"], check=True)

        self.makers[folder] = make
        return folder

    def make_data(self, race):
        """What the entries of the race read, where an earlier run has not left it."""
        os.makedirs(f"{self.programs}/data", exist_ok=True)
        read = " ".join(f"{entry.input} {entry.command}" for entry in race.entries)
        for name, make in self.makers.items():
            if name in read and not os.path.exists(name):
                make(name + ".part")
                os.rename(name + ".part", name)

    def run(self, pipeline, options="-j1"):
        return f"{self.flux} run {options} --summary=none '{pipeline}'"

    def both(self, pipeline, file):
        return [Entry("flux -j1", self.run(pipeline), file), Entry("flux -j2", self.run(pipeline, "-j2"), file)]

    def peers(self, file, **commands):
        """Those that are installed: tool="its command"."""
        return [Entry(tool, command, file) for tool, command in commands.items() if shutil.which(tool)]

    def races(self):
        yield from self.integers()
        yield from self.filters()
        yield from self.edits()
        yield from self.counts()
        yield from self.pipes()
        yield from self.chains()
        yield from self.growth()
        yield from self.sizes()
        yield from self.others()
        yield from self.buffers()
        yield self.start()

    def integers(self):
        pipeline = "double|addone"
        file = self.data("ints", self.ints)
        yield Race("W1: double|addone", self.ints, self.both(pipeline, file) + [
            Entry("limit: sixteen digits at a time", f"{self.programs}/limit_integers wide", file),
            Entry("limit: from_chars, to_chars", f"{self.programs}/limit_integers standard", file),
            Entry("getline + nlohmann", f"{self.programs}/getline_nlohmann", file)])
        count = self.ints // 10
        file = self.data("ints", count)
        yield Race("W1 and its peers", count, self.both(pipeline, file) + self.peers(
            file, jq="jq -c '. * 2 + 1'", gojq="gojq -c '. * 2 + 1'",
            perl="perl -ne 'print $_ * 2 + 1, \"\\n\"'",
            gawk="gawk '{ printf \"%d\\n\", $1 * 2 + 1 }'", mawk="mawk '{ printf \"%.0f\\n\", $1 * 2 + 1 }'",
            mlr="mlr --inidx --onidx put '$1 = $1 * 2 + 1'"))

    def filters(self):
        pipeline = 'where(level == "error")'
        file = self.data("logs", self.logs)
        entries = self.both(pipeline, file)
        if self.can_trust:
            entries += [Entry(f"flux --trust-input {jobs}", self.run(pipeline, f"{jobs} --trust-input"), file)
                        for jobs in ("-j1", "-j2")]
        entries += [Entry("limit: simdjson DOM", f"{self.programs}/limit_filter dom", file),
                    Entry("limit: simdjson On-Demand", f"{self.programs}/limit_filter on-demand", file),
                    Entry("grep -F", "grep -F '\"level\":\"error\"'", file)]
        yield Race('W2: where(level == "error")', self.logs, entries)
        count = self.logs // 10
        file = self.data("logs", count)
        yield Race("W2 and its peers", count, self.both(pipeline, file) + self.peers(
            file, jq="jq -c 'select(.level == \"error\")'", gojq="gojq -c 'select(.level == \"error\")'",
            mlr="mlr --ijsonl --ojsonl filter '$level == \"error\"'"), AS_VALUES)

    def edits(self):
        pipeline = "set(latency_s = latency_ms / 1000.0) | drop(msg)"
        file = self.data("logs", self.logs)
        as_flux_prints = "sed 's/e-0/e-/; s/:0e+00}/:0.0}/'"  # the limit prints floats by std::to_chars alone
        yield Race("W3: set one member, drop another", self.logs, self.both(pipeline, file) + [
            Entry("limit: On-Demand, spans copied", f"{self.programs}/limit_edit", file)], as_flux_prints)
        count = self.logs // 10
        file = self.data("logs", count)
        yield Race("W3 and its peers", count, self.both(pipeline, file) + self.peers(
            file, jq="jq -c '.latency_s = .latency_ms / 1000 | del(.msg)'",
            gojq="gojq -c '.latency_s = .latency_ms / 1000 | del(.msg)'",
            mlr="mlr --ijsonl --ojsonl put '$latency_s = $latency_ms / 1000' then cut -x -f msg"), AS_VALUES)

    def counts(self):
        pipeline = "count(by=[service, level])"
        program = ('reduce inputs as $e ({}; .["\\($e.service) \\($e.level)"] += 1) | to_entries[] | '
                   '{service: (.key | split(" ")[0]), level: (.key | split(" ")[1]), count: .value}')
        file = self.data("logs", self.logs)
        yield Race("W4: count by two members", self.logs, self.both(pipeline, file) + [
            Entry("limit: DOM and a map", f"{self.programs}/limit_count", file)], f"{AS_VALUES} | sort")
        count = self.logs // 10
        file = self.data("logs", count)
        yield Race("W4 and its peers", count, self.both(pipeline, file) + self.peers(
            file, jq=f"jq -nc '{program}'", gojq=f"gojq -nc '{program}'",
            mlr="mlr --ijsonl --ojsonl count -g service,level"), f"{AS_VALUES} | sort")

    def pipes(self):
        for name, pipeline, kind, count in (
                ("W1", "double|addone", "ints", self.ints), ("W2", 'where(level == "error")', "logs", self.logs),
                ("W3", "set(latency_s = latency_ms / 1000.0) | drop(msg)", "logs", self.logs)):
            file = self.data(kind, count)
            yield Race(f"{name} inside a pipeline: cat FILE | flux | cat", count, [
                Entry("flux -j1", f"cat {file} | {self.run(pipeline)} | cat"),
                Entry("flux -j2", f"cat {file} | {self.run(pipeline, '-j2')} | cat")],
                file=file)

    def chains(self):
        numbers, logs = self.data("ints", self.ints), self.data("logs", self.logs)
        lengths = (2, 5, 10, 20)
        yield Race("Agents in a row: double|addone|…", self.ints, [
            Entry(f"{n} agents", self.run("|".join(("double", "addone")[i % 2] for i in range(n))), numbers, True)
            for n in lengths])
        yield Race("Agents in a row: where(…)|where(…)|…", self.logs, [
            Entry(f"{n} agents", self.run("|".join(f'where(level != "x{i}")' for i in range(n))), logs, True)
            for n in lengths])

    def growth(self):
        count = 10_000
        while count <= self.ints * 5:
            yield Race(f"Growth: double|addone on {count:,} integers", count,
                       [Entry("flux -j1", self.run("double|addone"), self.data("ints", count))])
            count *= 10
        file = self.data("logs", self.logs // 10)
        entries = [Entry("1 file", f"{self.run('id')} {file}")]
        for pieces in (10, 100, 1000):
            entries.append(Entry(f"{pieces} files", f"{self.run('id')} {self.split(file, pieces)}/*"))
        yield Race("The same lines in 1 to 1000 files: id", self.logs // 10, entries, file=file)

    def sizes(self):
        total = self.logs * 100  # bytes
        for size in (20, 200, 2000, 20_000, 200_000, 1 << 20):
            count = max(1, total // size)
            file = self.data("sized", count, size)
            yield Race(f"Events of {size:,} bytes: where(n > 5000)", count, self.both("where(n > 5000)", file))

    def others(self):
        """Kinds that nothing was tuned for."""
        count = self.logs // 30
        logs, wide = self.data("logs", count), self.data("wide", count // 4)
        escapes, groups = self.data("escapes", count), self.data("groups", count * 10)
        yield Race("A nested member: where(user.id < 1000)", count, self.both("where(user.id < 1000)", logs) + self.peers(
            logs, jq="jq -c 'select(.user.id < 1000)'", gojq="gojq -c 'select(.user.id < 1000)'",
            mlr="mlr --ijsonl --ojsonl filter '$user[\"id\"] < 1000'"), AS_VALUES)
        error = "select(.level == \"error\")"
        for title, file, events in (("120 members, the last one wanted", wide, count // 4),
                                    ("Strings full of escapes", escapes, count)):
            yield Race(f"{title}: where(level == \"error\")", events, self.both('where(level == "error")', file) + self.peers(
                file, jq=f"jq -c '{error}'", gojq=f"gojq -c '{error}'",
                mlr="mlr --ijsonl --ojsonl filter '$level == \"error\"'"), AS_VALUES)
        program = "group_by(.account)[] | {account: .[0].account, sum: (map(.amount) | add)}"
        yield Race("Sums of 100,000 groups", count * 10, self.both("stats(amount, by=account) | pick(account, sum)", groups) + self.peers(
            groups, jq=f"jq -sc '{program}'", gojq=f"gojq -sc '{program}'",
            mlr="mlr --ijsonl --ojsonl stats1 -a sum -f amount -g account then rename amount_sum,sum"),
            f"{AS_VALUES} | sort")

    def buffers(self):
        """A drop buffer whose consumer keeps up, beside the same fluxes without one."""
        settings = "{drop_policy=drop_newest, buffer_size=100000000}"
        for kind, count, first, second in (("ints", self.ints // 4, "double", "addone"),
                                           ("logs", self.logs // 3, "id", 'where(level == "error")')):
            file = self.data(kind, count)
            for jobs in ("-j1", "-j2"):
                yield Race(f"A drop buffer that keeps up, {kind} {jobs}: {first}{{…}} | {second}", count, [
                    Entry("fused", self.run(f"{first} | {second}", jobs), file),
                    Entry("with a drop buffer", self.run(f"{first}{settings} | {second}", jobs), file)])

    def start(self):
        return Race("Start-up: one event, ten times", 10, [
            Entry(name, f"for i in 1 2 3 4 5 6 7 8 9 10; do echo 1 | {command}; done", only_timed=True)
            for name, command in (("flux", f"{self.flux} run double"), ("jq", "jq '. * 2'"), ("gojq", "gojq '. * 2'"),
                                  ("mlr", "mlr --inidx --ojsonl cat"), ("cat", "cat"))
            if name == "flux" or shutil.which(name)])
