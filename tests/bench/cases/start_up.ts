import { walkSync } from "@std/fs/walk";
import { fromFileUrl } from "@std/path/from-file-url";
import { CHECKOUT_FLAGS } from "../../support/run_script.ts";
import type { Bench } from "../bench.ts";
import { comparedRows } from "../compared_rows.ts";
import { contestantEnv } from "../contestant_env.ts";
import type { Measurement } from "../contestants/task.ts";
import type { FilledCaches } from "../filled_caches.ts";
import type { Row } from "../row.ts";

const BARE = "script that reads the file (Deno)";
const OURS = "@rollouts/client (Deno)";

/** (e) A process that prints one cached sample, from its start to its exit. */
export async function startUp(
  bench: Bench,
  caches: FilledCaches,
): Promise<Row[]> {
  const { baseUrl, cacheDir } = await caches.task(1, 1);
  const [file] = walkSync(cacheDir!, { includeDirs: false });
  const programs = new Map([
    [BARE, ["bare_one.ts", file!.path]],
    [OURS, ["rollouts_one.ts", baseUrl, cacheDir!]],
  ]);
  const printed = new Set<string>();
  const competitors = [...programs].map(([name, commandLine]) => ({
    name,
    run: async () => {
      const { measurement, stdout } = await wholeProcess(commandLine, bench);
      printed.add(stdout);
      return measurement;
    },
  }));
  // The first run compiles the program, and loads files into the system's cache.
  for (const { run } of competitors) await run();
  const setting = "one cached sample, from start to exit";
  const results = await bench.compete(`e: ${setting}`, competitors, {
    rounds: bench.isQuick ? 5 : 20,
  });
  if (printed.size !== 1) throw new Error("they did not print the same");
  return comparedRows(results, {
    letter: "e",
    setting,
    unit: "ms",
    reference: BARE,
    value: ({ seconds }) => seconds * 1000,
    targets: { [OURS]: { atMost: 1.6 } },
  });
}

async function wholeProcess(
  [script, ...args]: readonly string[],
  { signal }: Bench,
): Promise<{ readonly measurement: Measurement; readonly stdout: string }> {
  const path = fromFileUrl(
    new URL(`../contestants/${script}`, import.meta.url),
  );
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--allow-read",
      "--allow-env",
      ...CHECKOUT_FLAGS,
      path,
      ...args,
    ],
    clearEnv: true,
    env: contestantEnv(null),
    stdin: "null",
    stderr: "inherit",
    signal,
  });
  const startMs = performance.now();
  const { success, stdout } = await command.output();
  const seconds = (performance.now() - startMs) / 1000;
  signal.throwIfAborted();
  if (!success) throw new Error(`${script} failed`);
  return {
    // Only the process itself could report its CPU time and memory.
    measurement: { seconds, cpuSeconds: 0, peakRssBytes: null },
    stdout: new TextDecoder().decode(stdout),
  };
}
