"""A pipeline that runs: how soon it answers, and what being watched costs it."""

import http.client
import os
import socket
import statistics
import subprocess
import tempfile
import threading
import time

from latency import percentiles, row


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("flux")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


def _answers(path):
    try:
        UnixConnection(path).connect()
        return True
    except OSError:
        return False


class Pipeline:
    """`flux run` with a control socket, until the block is left."""

    def __init__(self, flux, spec, source, options=()):
        self.folder = tempfile.TemporaryDirectory()
        self.socket = os.path.join(self.folder.name, "control")
        self.process = subprocess.Popen(
            [flux, "run", "--summary=none", "--control", self.socket, *options, spec],
            stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not _answers(self.socket):
            time.sleep(0.001)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()


def round_trips(pipeline, count):
    """Microseconds from sending one event to having its answer."""
    connection = UnixConnection(pipeline.socket)
    times = []
    for _ in range(count):
        begin = time.monotonic()
        connection.request("POST", "/invoke", "20", {"Content-Type": "application/json"})
        answer = connection.getresponse()
        body = answer.read()
        times.append((time.monotonic() - begin) * 1e6)
        if answer.status != 200 or b"41" not in body:
            raise RuntimeError(f"POST /invoke: {answer.status} {body!r}")
    return times


def answers(flux, make_data, count, rounds):
    """Perturbations of an idle pipeline and of a saturated one."""
    rows = []
    idle_end, hold = os.pipe()
    with Pipeline(flux, "double | addone", idle_end) as pipeline:
        rows.append(row("an idle pipeline answers", [percentiles(round_trips(pipeline, count)) for _ in range(rounds)]))
    os.close(idle_end)
    os.close(hold)
    for jobs in ("-j1", "-j2"):
        source = subprocess.Popen([make_data, "ints", "2000000000"], stdout=subprocess.PIPE)
        with Pipeline(flux, "double | addone", source.stdout, [jobs]) as pipeline:
            rows.append(row(f"a saturated one answers, {jobs}",
                            [percentiles(round_trips(pipeline, count)) for _ in range(rounds)]))
        source.kill()
        source.wait()
        source.stdout.close()
    return rows


def _watch(path, stop, what):
    """Follows GET `what` until the stream ends, or asks for it once a second."""
    try:
        while not stop.is_set():
            connection = UnixConnection(path)
            connection.request("GET", what)
            response = connection.getresponse()
            while not stop.is_set() and response.read1(65536):
                pass
            if what == "/metrics":
                stop.wait(1)
    except OSError:
        pass  # the pipeline has ended


def _timed_run(flux, files, watched):
    with tempfile.TemporaryDirectory() as folder:
        control = os.path.join(folder, "control")
        options = ["--control", control] if watched else []
        command = [flux, "run", "-j1", "--summary=none", *options, "double | addone", *files]
        begin = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stop = threading.Event()
        watchers = []
        if watched:
            while process.poll() is None and not _answers(control):
                time.sleep(0.0005)
            watchers = [threading.Thread(target=_watch, args=(control, stop, what)) for what in ("/tap", "/metrics")]
            for watcher in watchers:
                watcher.start()
        process.wait()
        seconds = time.monotonic() - begin
        stop.set()
        for watcher in watchers:
            watcher.join()
    return seconds


def watched(flux, make_data, count, runs):
    """A run with a tap and a scrape of /metrics each second, beside one without."""
    plain, looked_at = [], []
    with tempfile.NamedTemporaryFile() as file:
        subprocess.run([make_data, "ints", str(count)], stdout=file, check=True)
        files = [file.name] * max(1, min(50, 100_000_000 // count))  # for seconds, not milliseconds
        for _ in range(runs):
            plain.append(_timed_run(flux, files, False))
            looked_at.append(_timed_run(flux, files, True))
    return {"plain": statistics.median(plain), "watched": statistics.median(looked_at)}
