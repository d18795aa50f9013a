"""The four workloads by Python's own json: python.py integers|filter|edit|count < FILE"""

import collections
import json
import sys


def integers():
    for line in sys.stdin:
        sys.stdout.write(f"{json.loads(line) * 2 + 1}\n")


def only_errors():
    for line in sys.stdin:
        if json.loads(line)["level"] == "error":
            sys.stdout.write(line)


def edit():
    dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for line in sys.stdin:
        event = json.loads(line)
        event["latency_s"] = event["latency_ms"] / 1000
        del event["msg"]
        sys.stdout.write(dumps(event) + "\n")


def count():
    groups = collections.Counter()
    for line in sys.stdin:
        event = json.loads(line)
        groups[event["service"], event["level"]] += 1
    for (service, level), events in groups.items():
        print(json.dumps({"service": service, "level": level, "count": events}))


sys.stdin.reconfigure(encoding="utf-8")
sys.stdout.reconfigure(encoding="utf-8")
{"integers": integers, "filter": only_errors, "edit": edit, "count": count}[sys.argv[1]]()
