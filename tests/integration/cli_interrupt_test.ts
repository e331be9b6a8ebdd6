import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { killIfRunning } from "../support/kill_if_running.ts";
import { MODEL } from "../support/mock_client.ts";
import { startCli } from "../support/run_cli.ts";
import { finished } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

/**
 * Starts `rollouts generate` for 40 samples, of which the mock answers ten at once and holds the
 * others.
 */
function startHeld(mock: MockOpenRouter, cacheDir: string): Deno.ChildProcess {
  return startCli(mock, [
    "generate",
    "hi",
    "-m",
    MODEL,
    "-n",
    "40",
    "--max-concurrency",
    "5",
    "--cache-dir",
    cacheDir,
    "--field",
    "seed",
  ]);
}

Deno.test("rollouts generate finishes requests in flight and exits with 130 when interrupted", async () => {
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ seed }) => (seed ?? 0) < 10 ? 0 : 500,
  });
  await using dir = new TempDir();
  const child = startHeld(mock, dir.path);
  await until(() => mock.started === 15);
  child.kill("SIGINT");
  const { code, stdout, stderr } = await finished(child);
  assertEquals(code, 130);
  assertEquals(mock.started, 15);
  assertEquals(stdout.trim().split("\n").length, 15);
  assertStringIncludes(stderr, "15 of 40 samples done");
  assertStringIncludes(stderr, "run the same command again to continue");
  const again = await finished(startHeld(mock, dir.path));
  assertEquals([again.code, mock.started], [0, 40]);
});

Deno.test("rollouts generate exits immediately when interrupted a second time", async () => {
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ seed }) => (seed ?? 0) < 10 ? 0 : 60_000,
  });
  await using dir = new TempDir();
  const child = startHeld(mock, dir.path);
  await until(() => mock.started === 15);
  child.kill("SIGINT");
  const reader = child.stderr.getReader();
  await reader.read();
  reader.releaseLock();
  const startMs = performance.now();
  // Interrupts in quick succession count as one.
  let isOver = false;
  const ended = child.output().finally(() => isOver = true);
  await until(() => {
    if (!isOver) killIfRunning(child, "SIGINT");
    return isOver;
  });
  assertEquals((await ended).signal, "SIGINT");
  // It did not wait for the answers, which take a minute.
  const tookMs = performance.now() - startMs;
  assert(tookMs < 30_000, `it went on for ${tookMs} ms`);
});

Deno.test("rollouts generate counts a Ctrl-C that a parent process forwards as one", async () => {
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ seed }) => (seed ?? 0) < 10 ? 0 : 400,
  });
  await using dir = new TempDir();
  const child = startHeld(mock, dir.path);
  await until(() => mock.started === 15);
  child.kill("SIGINT");
  child.kill("SIGINT");
  const { code, stdout } = await finished(child);
  assertEquals(code, 130);
  assertEquals(stdout.trim().split("\n").length, 15);
});
