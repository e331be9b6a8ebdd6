import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path/join";
import type { DisplayBundle } from "../../src/display_bundle.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient } from "../support/mock_client.ts";
import { cliEnv } from "../support/run_cli.ts";
import {
  finished,
  ROOT,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

const DISPLAY = `[Symbol.for("Jupyter.display")]()`;

interface Cell {
  readonly id: string;
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly outputs?: readonly unknown[];
}

Deno.test("examples/notebook.ipynb shows samples, a sample, and a report", async () => {
  const text = await Deno.readTextFile(join(ROOT, "examples/notebook.ipynb"));
  const notebook = JSON.parse(text);
  const cells: readonly Cell[] = notebook.cells;
  assertEquals([notebook.nbformat, notebook.metadata.kernelspec.name], [
    4,
    "deno",
  ]);
  assertEquals(new Set(cells.map(({ id }) => id)).size, cells.length);
  const code = cells.filter(({ cell_type }) => cell_type === "code");
  assertEquals(code.flatMap(({ outputs }) => outputs), []);
  // The kernel shows the value of a cell's last expression.
  const program = code.map(({ source }) =>
    source.join("").replaceAll("jsr:", "").replace(
      /^(\w[\w.()]*);$/m,
      `console.log(JSON.stringify(($1 as any)${DISPLAY}));`,
    )
  ).join("\n");
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = join(dir.path, "cells.ts");
  await Deno.writeTextFile(file, program);
  const { code: exitCode, stdout, stderr } = await finished(
    startScript(file, {
      permissions: USUAL_PERMISSIONS,
      env: cliEnv(mock),
      cwd: dir.path,
    }),
  );
  assertEquals(exitCode, 0, stderr);
  const shown: DisplayBundle[] = stdout.trim().split("\n").map((line) =>
    JSON.parse(line)
  );
  const [samples, sample, report, ...others] = shown.map((bundle) =>
    bundle["text/plain"]
  );
  assertEquals(others, []);
  assertMatch(
    samples!,
    /^qwen\/qwen3-30b-a3b · 5 of 5 samples · \d+ tokens · \$0\.\d+\nSeed \| Reasoning/,
  );
  assertMatch(
    samples!,
    /\n4 \| .* \| stop \| \d+ \| \$0\.\d+ \| no\n\nPrompt:\nWhat is 5\*10\?$/,
  );
  assertMatch(
    sample!,
    /· seed 0\nFinish reason .*\n.*\n\nReasoning:\n[^]+\n\nContent:\n/,
  );
  assertMatch(
    report!,
    /^qwen\/qwen3-30b-a3b · \d of \d+ sentences are significant · \d+ continuations/,
  );
  for (const bundle of shown) {
    assertMatch(bundle["text/html"], /^<table><caption .*<\/table>/s);
  }
});

Deno.test("Rollouts shows its errors, and not more than 20 samples, in a notebook", async () => {
  await using mock = await MockOpenRouter.start({
    faults: ({ seed }) => seed === 3 ? { type: "status", status: 400 } : null,
  });
  await using client = mockClient(mock);
  const rollouts = await client.generate("Hi", { nSamples: 30 });
  const display = rollouts as unknown as Record<symbol, () => DisplayBundle>;
  const { "text/plain": plain, "text/html": html } =
    display[Symbol.for("Jupyter.display")]!();
  assert(plain.includes("29 of 30 samples"), plain);
  assert(plain.includes("the first 20 are shown"), plain);
  assertEquals(html.split("<tr>").length - 1, 21);
  assertMatch(plain, /\n\nError of seed 3:\n.*answered 400/);
});
