"""Agents of flux in Python: a class with an `invoke`, run by `exec("python3 file.py")`.

    import flux_agent

    class Shout:
        async def invoke(self, x):
            return x.upper()

    flux_agent.run(Shout())

invoke() is given an event and returns the result; what it raises fails that event. It
may be a plain function. While one event awaits something, others are served; results
keep the order of the events. finish(), if there is one, is called at the end of the
stream and returns (or yields) last results. print() goes to stderr: stdout is flux's.
A result {"error": "why"} refuses the event.

Needs Python 3.8 and its standard library.
"""

import asyncio
import inspect
import json
import os

AT_ONCE = 64  # events under way; flux hands out no more


def run(agent):
    """Serves flux until it has no more events."""
    results = os.dup(1)
    os.dup2(2, 1)  # what the agent prints must not get among the results
    asyncio.run(_serve(agent, results))


async def _serve(agent, results):
    under_way = asyncio.Queue(AT_ONCE)
    writer = asyncio.create_task(_write_in_order(under_way, results))
    async for line in _lines():
        await under_way.put(asyncio.create_task(_answer(agent, line)))
    await under_way.put(None)
    await writer
    if hasattr(agent, "finish"):
        async for row in _rows(agent.finish()):
            _write(results, _text(row))


async def _lines():
    """The lines of stdin, as soon as they are there."""
    rest = bytearray()
    while chunk := await _chunk():
        first, *others = chunk.split(b"\n")
        rest += first
        for line in others:
            yield rest
            rest = bytearray(line)
    if rest:
        yield rest


async def _chunk():
    loop = asyncio.get_running_loop()
    chunk = loop.create_future()

    def read():
        loop.remove_reader(0)
        chunk.set_result(os.read(0, 1 << 16))

    try:
        loop.add_reader(0, read)
    except PermissionError:  # a file never keeps one waiting
        return os.read(0, 1 << 16)
    return await chunk


async def _answer(agent, line):
    try:
        result = agent.invoke(json.loads(line))
        if inspect.isawaitable(result):
            result = await result
        return _text(result)
    except Exception as error:
        return _text({"error": f"{type(error).__name__}: {error}"})


async def _write_in_order(under_way, results):
    while task := await under_way.get():
        _write(results, await task)


async def _rows(rows):
    if inspect.isawaitable(rows):
        rows = await rows
    if hasattr(rows, "__aiter__"):
        async for row in rows:
            yield row
    elif rows is not None:
        for row in rows:
            yield row


def _text(value):
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _write(results, line):
    line += b"\n"
    while line:
        line = line[os.write(results, line):]
