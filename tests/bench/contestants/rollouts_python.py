"""The Python package `rollouts`: as many calls of one sample at once as the task says."""

import asyncio
import json
import resource
import sys
import time

from rollouts import RolloutsClient

task = json.loads(sys.argv[1])


async def main():
    client = RolloutsClient(
        model="qwen/qwen3-30b-a3b",
        temperature=0.7,
        top_p=0.95,
        max_tokens=4096,
        api_key="sk-bench",
        max_retries=1,
        use_cache=False,
    )
    # It has no option for the address.
    client.provider.api_url = f"{task['baseUrl']}/chat/completions"

    async def loop(first, count):
        seeds = iter(range(first, first + count))

        async def one_after_the_other():
            for seed in seeds:
                result = await client.agenerate("What is 0*10?", seed=seed)
                if len(result.responses) != 1:
                    raise RuntimeError("a request failed")

        await asyncio.gather(*(one_after_the_other() for _ in range(task["inFlight"])))

    await loop(task["requests"], task["warmUpRequests"])
    cpu_before, start = time.process_time(), time.perf_counter()
    await loop(0, task["requests"])
    return time.perf_counter() - start, time.process_time() - cpu_before


seconds, cpu_seconds = asyncio.run(main())
peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(
    json.dumps(
        {
            "seconds": seconds,
            "cpuSeconds": cpu_seconds,
            "peakRssBytes": peak_kib * 1024,
        }
    )
)
