import { loadQueue } from "../load_queue.ts";
import { interrupted } from "../../platform/interrupted.ts";
import { optionFlags } from "../flags/option_flags.ts";
import { hostsForKey } from "../make_client.ts";
import type { Command } from "../command.ts";
import { loggerFor } from "../output/cli_output.ts";
import { UsageError, withUsageErrors } from "../usage_error.ts";

const FLAGS = {
  queue: "text",
  concurrency: "number",
  name: "text",
  baseUrl: "text",
  ...optionFlags(["sendKeyTo", "sendKey"]),
  workers: "number",
  leaseMs: "number",
  metricsPort: "number",
  metricsHost: "text",
} as const;

/** `rollouts worker`. */
export const command: Command<typeof FLAGS> = {
  help: `Sends the requests of a queue until you press Ctrl-C.

Usage: rollouts worker --queue redis://HOST [OPTIONS]

rollouts run … --queue redis://HOST adds the requests, on this or another machine. All workers together
use the limits and the budget of the run. See docs/scale-out.md for the setup.

      --queue URL           Redis of the queue: redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], or
                            rediss:// for TLS
      --concurrency N       maximum requests in flight (default 64)
      --name NAME           name of the worker (default worker)
      --base-url URL        the only address that requests and keys are sent to (default OpenRouter's)
      --send-key            send the key in OPENROUTER_API_KEY to the host of --base-url
      --workers N           threads (default: one per processor, up to 4)
      --lease-ms N          time without a heartbeat after which other workers resend this worker's
                            requests, in ms (default 15000)
      --metrics-port N      port of Prometheus metrics: http://127.0.0.1:N/metrics
      --metrics-host HOST   address of the metrics; 0.0.0.0 exposes them to other machines

The worker reads the API key from OPENROUTER_API_KEY. A server at --base-url may need none. If ROLLOUTS_QUEUE_SECRET is the same for the
worker and the run, each request contains the key of the run, encrypted.

Ctrl-C stops the worker after the requests in flight. A second Ctrl-C stops it immediately.

Examples:
  rollouts worker --queue redis://127.0.0.1 --concurrency 128
  rollouts worker --queue rediss://cluster.example.org --metrics-port 9464`,
  flags: FLAGS,
  configured: [
    ...["queue", "baseUrl", "sendKey", "sendKeyTo", "workers"],
    ...["metricsPort", "metricsHost"],
  ],
  run: async ({ flags: { queue, sendKey, ...options }, output }) => {
    if (queue === undefined) {
      throw new UsageError(
        "--queue is required, such as --queue redis://127.0.0.1",
      );
    }
    const { QueueWorker } = await loadQueue();
    const worker = await withUsageErrors(() =>
      QueueWorker.start({
        ...options,
        queue,
        sendKeyTo: hostsForKey({ ...options, sendKey }),
        logger: loggerFor(output),
      })
    );
    output.log(`${worker.name} is ready for requests`);
    interrupted().then(async () => {
      output.log(
        "interrupted: takes no more requests; waiting for those in flight (interrupt again to exit now)",
      );
      await worker.stop();
    });
    await worker.done;
    return 0;
  },
};
