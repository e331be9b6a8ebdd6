import { join } from "@std/path/join";
import type { Rollouts } from "../../mod.ts";
import { cacheDirectory } from "../../src/cache/cache_path.ts";
import type { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient } from "./mock_client.ts";
import { type CliResult, runCli } from "./run_cli.ts";
import type { TempDir } from "./temp_dir.ts";

/** Runs `rollouts cache …` on the cache of a directory, in this process. */
export function readCache(
  dir: TempDir,
  command: string,
  ...args: readonly string[]
): Promise<CliResult> {
  return runCli(["cache", command, "--cache-dir", dir.path, ...args]);
}

/** A cache of three prompts, of which one has another model and one is the Python package's. */
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

/** The file of a sample with the usual name. */
export function fileOf({ cacheDir }: Rollouts, seed: number): string {
  return join(cacheDir!, `seed_0000${seed}.json`);
}
