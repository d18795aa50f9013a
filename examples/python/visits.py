"""Who comes how often: state, and last results."""

import asyncio
import collections

import flux_agent


class Visits:
    def __init__(self):
        self.visits = collections.Counter()

    async def invoke(self, x):
        await asyncio.sleep(0)  # here a database could be asked
        self.visits[x["name"]] += 1
        return {**x, "visit": self.visits[x["name"]]}

    async def finish(self):
        for name, visits in self.visits.most_common():
            yield {"name": name, "visits": visits}


flux_agent.run(Visits())
