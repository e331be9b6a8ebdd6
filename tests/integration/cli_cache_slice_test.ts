import { assertEquals, assertNotEquals } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import { MOCK_MODELS, MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { runCli } from "../support/run_cli.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "Is “5 × 10” — fifty — ‘too much’?";

/** Copies samples of the prompt from `dir/cache` to `dir/published`. */
async function slice(mock: MockOpenRouter, dir: TempDir, args: string[]) {
  const file = join(dir.path, "set.txt");
  await Deno.writeTextFile(file, `${PROMPT}\n`);
  const paths = ["-o", join(dir.path, "published")];
  const cache = ["--cache-dir", join(dir.path, "cache")];
  const options = [...paths, ...cache, "--base-url", mock.baseUrl, ...args];
  return await runCli(["cache", "slice", file, ...options]);
}

/** Returns the texts of the files below a directory, by their paths in it. */
function filesBelow(path: string): Record<string, string> {
  const files = [...walkSync(path, { includeDirs: false })].map((file) =>
    [file.path.slice(path.length), Deno.readTextFileSync(file.path)] as const
  );
  return Object.fromEntries(files.sort());
}

Deno.test("rollouts cache slice copies the same bytes, and a change of a copy changes no original", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  const published = join(dir.path, "published");
  await using client = mockClient(mock, { cacheDir });
  await client.generate(PROMPT, { nSamples: 12 });
  const before = filesBelow(cacheDir);
  const { code, stderr } = await slice(mock, dir, ["-m", MODEL, "-n", "12"]);
  assertEquals(code, 0, stderr);
  assertEquals(filesBelow(published), before);
  for (const file of walkSync(published, { includeDirs: false })) {
    Deno.writeTextFileSync(file.path, "redacted");
  }
  assertEquals(filesBelow(cacheDir), before);
  // Existing files are kept.
  const again = await slice(mock, dir, ["-m", MODEL, "-n", "12"]);
  assertEquals(again.code, 0, again.stderr);
  assertEquals(new Set(Object.values(filesBelow(published))).size, 1);
});

Deno.test("rollouts cache slice copies the samples of one model when two share a directory", async () => {
  const models = ["x/y:free", "x/yfree"];
  await using mock = await MockOpenRouter.start({
    models: models.map((id, index) => ({ ...MOCK_MODELS[index]!, id })),
  });
  await using dir = new TempDir();
  const options = { logLevel: "off", nSamples: 2 } as const;
  const cacheDir = join(dir.path, "cache");
  await using client = mockClient(mock, { ...options, cacheDir });
  for (const model of models) await client.generate(PROMPT, { model });
  const original = await client.generate(PROMPT, { model: models[1]! });
  const args = ["-m", models[1]!, "-n", "2"];
  const { code, stderr } = await slice(mock, dir, args);
  assertEquals(code, 0, stderr);
  const published = join(dir.path, "published");
  assertEquals(Object.keys(filesBelow(published)).length, 2);
  await using reader = mockClient(mock, {
    ...options,
    cacheDir: published,
    cacheOnly: true,
  });
  const copied = await reader.generate(PROMPT, { model: models[1]! });
  assertEquals(copied.getTexts(), original.getTexts());
  const other = await reader.generate(PROMPT, { model: models[0]! });
  assertNotEquals(other.getTexts(), original.getTexts());
  assertEquals(other.length, 0);
});
