import { loadQueue } from "../load_queue.ts";
import { interrupted } from "../../platform/interrupted.ts";
import type { Command } from "../command.ts";
import { loggerFor } from "../output/cli_output.ts";
import { UsageError, withUsageErrors } from "../usage_error.ts";

const FLAGS = {
  queue: "text",
  concurrency: "number",
  name: "text",
  baseUrl: "text",
  workers: "number",
  leaseMs: "number",
  metricsPort: "number",
  metricsHost: "text",
} as const;

/** `rollouts worker`. */
export const command: Command<typeof FLAGS> = {
  help: `Takes requests off a queue and sends them, until Ctrl-C.

Usage: rollouts worker --queue redis://HOST [OPTIONS]

rollouts run … --queue redis://HOST, there or on another machine, puts them on it. Limits and budget
are those of the run, and hold for all workers together. docs/scale-out.md says how to set it up.

      --queue URL         the Redis of the queue: redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], or
                          rediss:// with TLS
      --concurrency N     the most requests that it has in flight (64)
      --name NAME         what it is called (worker)
      --base-url URL      the only address that it sends requests, and keys, to (OpenRouter's)
      --workers N         the most worker threads (the number of processors, up to 4)
      --lease-ms N        how long it counts as alive when nothing is heard of it; another
                          worker then makes what it had under way (15000)
      --metrics-port N    serves metrics for Prometheus at http://127.0.0.1:N/metrics
      --metrics-host HOST where it listens for that; 0.0.0.0 opens it to other machines

The key stands in OPENROUTER_API_KEY, or comes with each request, sealed, where ROLLOUTS_QUEUE_SECRET
is the same here and where the run is started.

Ctrl-C: it takes no more, and ends what is under way; again: it ends at once.

Example: rollouts worker --queue redis://127.0.0.1 --concurrency 128`,
  flags: FLAGS,
  configured: ["queue", "baseUrl", "workers", "metricsPort", "metricsHost"],
  run: async ({ flags: { queue, ...options }, output }) => {
    if (queue === undefined) throw new UsageError("--queue is missing");
    const { QueueWorker } = await loadQueue();
    const worker = await withUsageErrors(() =>
      QueueWorker.start({ queue, ...options, logger: loggerFor(output) })
    );
    output.log(`${worker.name} takes requests`);
    interrupted().then(async () => {
      output.log(
        "interrupted: takes no more; waiting for what is under way, which is paid (again: end at once)",
      );
      await worker.stop();
    });
    await worker.done;
    return 0;
  },
};
