/**
 * A demo of half a minute: samples with reasoning, a prefilled thought, and the same call again
 * from the cache. It uses a mock server on this machine. With `--live` it uses OpenRouter, with the
 * key in OPENROUTER_API_KEY.
 *
 * @module
 */

import { RolloutsClient } from "@rollouts/client";
import { MockOpenRouter } from "@rollouts/client/testing";
import { parseArgs } from "@std/cli/parse-args";
import { walkSync } from "@std/fs/walk";
import { relative } from "@std/path/relative";

const { live } = parseArgs(Deno.args, { boolean: ["live"] });
const mock = live ? null : await MockOpenRouter.start({
  latencyMs: ({ seed }) => 300 + ((seed ?? 0) * 137) % 900,
});
// Keep invented answers out of .rollouts.
const cacheDir = mock === null
  ? ".rollouts"
  : await Deno.makeTempDir({ prefix: "rollouts-demo-" });
const client = new RolloutsClient({
  model: "qwen/qwen3-30b-a3b",
  maxTokens: 1000,
  cacheDir,
  ...(mock === null ? {} : { baseUrl: mock.baseUrl, apiKey: "sk-demo" }),
});

try {
  const prompt = "What is 5*10?";
  const source = mock === null ? "OpenRouter" : "a mock, which invents them";
  title(`8 samples of "${prompt}" from ${source}`);
  const firstMs = await timed(async () => {
    const rollouts = await client.generate(prompt, { nSamples: 8 });
    for (const { seed, reasoning, content } of rollouts.responses.slice(0, 3)) {
      console.log(`seed ${seed}  reasoning  ${oneLine(reasoning ?? "")}`);
      console.log(`        answer     ${oneLine(content)}`);
    }
    const reasons = JSON.stringify(rollouts.getFinishReasons());
    console.log(
      `… ${rollouts.length} samples, ${rollouts.getTotalTokens()} tokens, ` +
        `$${rollouts.getTotalCost().toFixed(6)}, ${reasons}`,
    );
  });

  const prefilled = "What is 5*10?\n<think>\n5*1";
  title(`The model continues a prefill: ${JSON.stringify(prefilled)}`);
  const rollouts = await client.generate(prefilled, { nSamples: 3 });
  for (const { seed, reasoning } of rollouts) {
    console.log(`seed ${seed}  5*1▸${oneLine(reasoning ?? "")}`);
  }

  title("The first call again");
  const secondMs = await timed(async () => {
    const again = await client.generate(prompt, { nSamples: 8 });
    const cached = again.responses.filter((response) => response.cached);
    console.log(`${cached.length} of ${again.length} from the cache`);
  });
  console.log(
    `${firstMs.toFixed(0)} ms the first time, ${secondMs.toFixed(1)} ms now`,
  );

  title(`Files in ${cacheDir}`);
  for (const { path } of walkSync(cacheDir, { includeDirs: false })) {
    console.log(shortened(relative(cacheDir, path)));
  }
} finally {
  client.close();
  if (mock !== null) {
    await mock.close();
    await Deno.remove(cacheDir, { recursive: true });
  }
}

function title(text: string): void {
  console.log(`\n── ${text}`);
}

function oneLine(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, " ");
  return line.length <= 90 ? line : `${line.slice(0, 90)}…`;
}

/** Shortens the hash in a path to 8 digits. */
function shortened(path: string): string {
  return path.replace(/([0-9a-f]{8})[0-9a-f]{56}/, "$1…");
}

async function timed(action: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await action();
  return performance.now() - startMs;
}
