"""JSON lines as values, to compare what tools print: white space, the order of members
and how strings and numbers are spelled do not count."""

import json
import sys

sys.stdin.reconfigure(encoding="utf-8")
for line in sys.stdin:
    print(json.dumps(json.loads(line, parse_int=float), sort_keys=True))
