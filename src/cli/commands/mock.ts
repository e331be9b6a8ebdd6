import { interrupted } from "../../platform/interrupted.ts";
import { MockOpenRouter } from "../../testing/mod.ts";
import type { Command } from "../command.ts";

const FLAGS = { port: "port", latencyMs: "number" } as const;

/** `rollouts mock`. */
export const command: Command<typeof FLAGS> = {
  help: `Serves a mock of OpenRouter on 127.0.0.1 until you press Ctrl-C.

Usage: rollouts mock [--port N] [--latency-ms N]

      --port N         TCP port (default: a free one)
      --latency-ms N   time until each answer (default 0)

A request with the header X-Mock-Fault fails, for example with status 429 if its value is 429.

Examples:
  rollouts mock --port 8787
  OPENROUTER_BASE_URL=http://127.0.0.1:8787/api/v1 OPENROUTER_API_KEY=any \\
    rollouts generate "What is 5*10?" -m qwen/qwen3-30b-a3b`,
  flags: FLAGS,
  run: async ({ flags: { port, latencyMs }, output }) => {
    await using mock = await start(port, latencyMs);
    output.print(mock.baseUrl);
    await interrupted();
    return 0;
  },
};

async function start(
  port: number | undefined,
  latencyMs: number | undefined,
): Promise<MockOpenRouter> {
  try {
    return await MockOpenRouter.start({ port, latencyMs });
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(
      `cannot listen on port ${port}: ${reason}; choose another --port`,
    );
  }
}
