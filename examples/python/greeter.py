import flux_agent


class Greeter:
    async def invoke(self, x):
        return "Hello, " + x["name"]


flux_agent.run(Greeter())
