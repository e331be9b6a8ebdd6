import { join } from "@std/path/join";
import type { Rollouts } from "../../mod.ts";
import { cacheDirectory } from "../../src/cache/cache_path.ts";
import type { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient } from "./mock_client.ts";
import { type CliResult, runCli } from "./run_cli.ts";
import type { TempDir } from "./temp_dir.ts";

/** Runs `rollouts cache …` in this process on the cache in a directory. */
export function readCache(
  dir: TempDir,
  command: string,
  ...args: readonly string[]
): Promise<CliResult> {
  return runCli(["cache", command, "--cache-dir", dir.path, ...args]);
}

/** Fills a cache with three prompts: one of another model, and one of the Python package. */
export async function fillCache(dir: TempDir, mock: MockOpenRouter) {
  await using client = mockClient(mock, { cacheDir: dir.path });
  const first = await client.generate("What is 5*10?", { nSamples: 3 });
  const second = await client.generate("What is 7*7?", {
    nSamples: 2,
    model: "qwen/qwq-32b",
  });
  const sampling = { temperature: 0.7, top_p: 0.95, max_tokens: 4096 };
  const prompt = "From Python";
  const key = {
    prompt,
    body: { model: "m", messages: [], ...sampling },
    otherEndpoint: null,
    route: null,
  };
  const path = join(dir.path, ...cacheDirectory(key));
  await Deno.mkdir(path, { recursive: true });
  await Deno.writeTextFile(
    join(path, "seed_00004.json"),
    JSON.stringify({
      seed: 4,
      prompt,
      model: "m",
      ...sampling,
      response: { full: "four", content: "four", finish_reason: "stop" },
    }),
  );
  return { first, second, python: path };
}

/** Returns the path of a sample file with the usual name. */
export function fileOf({ cacheDir }: Rollouts, seed: number): string {
  return join(cacheDir!, `seed_0000${seed}.json`);
}
