import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { CacheReader } from "../../mod.ts";
import { MOCK_MODELS, MockOpenRouter } from "../../src/testing/mod.ts";
import { readCache } from "../support/cache_commands.ts";
import { mockClient } from "../support/mock_client.ts";
import { recordedLogger } from "../support/recorded_logger.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?";

Deno.test("an entry of a newer version is reported as such, and left unchanged", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const messages: string[] = [];
  await using client = mockClient(mock, {
    cacheDir: dir.path,
    logger: recordedLogger(messages),
  });
  const { cacheDir } = await client.generate(PROMPT);
  const file = join(cacheDir!, "seed_00000.json");
  const entry = JSON.parse(await Deno.readTextFile(file));
  const newer = JSON.stringify({ ...entry, version: 99 });
  await Deno.writeTextFile(file, newer);
  const reason = "a newer release of this package wrote it";
  assertEquals(client.explainMiss(PROMPT).reason, reason);
  const { code, stdout } = await readCache(dir, "verify");
  assertEquals(code, 1);
  assertStringIncludes(stdout, reason);
  const again = await client.generate(PROMPT);
  assertEquals(again.at(0)?.cached, false);
  assertEquals(await Deno.readTextFile(file), newer);
  assertStringIncludes(messages.join("\n"), reason);
});

/** Samples two models whose names differ only in case. */
async function sampleTwoCases(dir: TempDir) {
  const [model] = MOCK_MODELS;
  const ids = ["qwen/Model-A", "qwen/model-a"];
  await using mock = await MockOpenRouter.start({
    models: ids.map((id) => ({ ...model!, id })),
  });
  const [first, second] = ids as [string, string];
  await using client = mockClient(mock, { cacheDir: dir.path, model: first });
  await client.generate(PROMPT, { nSamples: 3 });
  await client.generate(PROMPT, { model: second, nSamples: 2 });
  return ids;
}

Deno.test("cache verify and ls are correct if models share a directory regardless of case", async () => {
  await using dir = new TempDir();
  const ids = await sampleTwoCases(dir);
  const [upper, lower] = ["qwen-Model-A", "qwen-model-a"].map((name) =>
    join(dir.path, name)
  ) as [string, string];
  // On a case-insensitive file system, both names lead to one directory.
  for (const { path, segments, files } of new CacheReader(dir.path).prompts()) {
    if (segments[0] !== "qwen-model-a") continue;
    for (const { name } of files) {
      const seed = Number(name.slice(5, 10)) + 10;
      const text = await Deno.readTextFile(join(path, name));
      await Deno.writeTextFile(
        join(
          upper,
          ...segments.slice(1),
          `seed_${`${seed}`.padStart(5, "0")}.json`,
        ),
        text.replace(/("seed": ?)\d+/g, `$1${seed}`),
      );
    }
  }
  await Deno.remove(lower, { recursive: true });
  const apart = await readCache(dir, "verify");
  assertEquals(apart.code, 1, "on another file system they are misplaced");
  await Deno.symlink(upper, lower);
  const { code, stdout } = await readCache(dir, "verify");
  assertStringIncludes(stdout, "5 samples valid, 0 invalid");
  assertEquals(code, 0);
  const listed = JSON.parse((await readCache(dir, "ls", "--json")).stdout);
  assertEquals(
    (listed as Record<string, unknown>[]).map(({ model, samples }) => [
      model,
      samples,
    ]),
    [[ids[0], 3], [ids[1], 2]],
  );
});
