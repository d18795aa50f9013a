"""More of it: agents in a row, events, files, bytes per event, buffers; and the least of it, start-up."""

import shutil
import sys

from race import Entry, Race
from tools import PEERS
from workloads import FILTER, INTEGERS


def races(tools):
    yield from chains(tools)
    yield from growth(tools)
    yield from files(tools)
    yield from sizes(tools)
    yield from buffers(tools)
    yield start(tools)


def chains(tools):
    numbers, logs = tools.data.file("ints", tools.ints), tools.data.file("logs", tools.logs)
    lengths = 2, 5, 10, 20

    def right(length):
        doubled, twice = (length + 1) // 2, length // 2  # double comes first; each pair is * 2 + 1
        add = (2 ** twice - 1) * 2 ** (doubled - twice)
        return f"{sys.executable} -c 'import sys\nfor line in sys.stdin: print(int(line) * {2 ** doubled} + {add})'"

    few = tools.data.file("ints", tools.ints // 100)
    yield Race("Agents in a row: double|addone|…", tools.ints, [
        Entry(f"{n} agents", tools.run("|".join(("double", "addone")[i % 2] for i in range(n))), numbers,
              sample=few, right=right(n))
        for n in lengths])
    yield Race("Agents in a row: where(…)|where(…)|…", tools.logs, [
        Entry(f"{n} agents", tools.run("|".join(f'where(level != "x{i}")' for i in range(n))), logs, right="cat")
        for n in lengths])


def growth(tools):
    """Few events are run many times in one go: else start-up and its noise are all that is seen."""

    def entries(name, pipeline, limit, kind, counts):
        for count in counts:
            file = tools.data.file(kind, count)
            yield Entry(f"{count:,} {name}", f"{tools.run(pipeline)} {file}", file=file, events=count,
                        right=f"{tools.programs}/{limit} < {file}", times=30 if count <= 100_000 else 1)

    counts = [10 ** power for power in range(4, 9) if 10 ** power <= tools.ints * 5]
    yield Race(f"Growth: {INTEGERS}", 0, list(entries("integers", INTEGERS, "limit_integers standard", "ints", counts)))
    counts = [count for count in (10_000, 100_000, 1_000_000) if count < tools.logs] + [tools.logs]
    yield Race(f"Growth: {FILTER}", 0, list(entries("log events", FILTER, "limit_filter dom", "logs", counts)))


def files(tools):
    for what, count in (("The same lines in 1 to 1000 files", tools.logs), ("Few lines in 1 to 1000 files", 30_000)):
        file = tools.data.file("logs", count)
        places = {"1 file": file}
        places |= {f"{pieces} files": f"{tools.data.split(file, pieces)}/*" for pieces in (10, 100, 1000)}
        yield Race(f"{what}: {FILTER}", count, [
            Entry(name, f"{tools.run(FILTER)} {place}", file=file) for name, place in places.items()])


def sizes(tools):
    total = tools.logs * 50  # bytes
    for size in (20, 200, 2000, 20_000, 200_000, 1 << 20):
        count = max(1, total // size)
        few = max(1, count // 20)
        yield Race(f"Events of {size:,} bytes: where(n > 5000)", count, tools.sampled(
            "sized", count, few, "where(n > 5000)", {"jq": "jq -c 'select(.n > 5000)'"}, size))


def buffers(tools):
    """A drop buffer whose consumer keeps up, beside the same fluxes without one."""
    settings = "{drop_policy=drop_newest, buffer_size=100000000}"
    for kind, count, first, second in (("ints", tools.ints // 4, "double", "addone"),
                                       ("logs", tools.logs // 3, "id", FILTER)):
        file = tools.data.file(kind, count)
        for jobs in ("-j1", "-j2"):
            yield Race(f"A drop buffer that keeps up, {kind} {jobs}: {first}{{…}} | {second}", count, [
                Entry("fused", tools.run(f"{first} | {second}", jobs), file),
                Entry("with a drop buffer", tools.run(f"{first}{settings} | {second}", jobs), file)])


def start(tools):
    commands = {"flux": f"{tools.flux} run double", "jq": "jq '. * 2'", "gojq": "gojq '. * 2'",
                "mlr": "mlr --inidx --onidx put '$1 = $1 * 2'", "perl": "perl -ne 'print $_ * 2, \"\\n\"'",
                "gawk": "gawk '{ print $1 * 2 }'", "node": "node -e 'console.log(fs.readFileSync(0) * 2)'"}
    return Race("Start-up: echo 1 | flux run double", 1, [
        Entry(PEERS.get(tool, tool), f"echo 1 | {command}", times=10) for tool, command in commands.items()
        if tool == "flux" or shutil.which(tool)])
