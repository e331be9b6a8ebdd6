import { assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { CacheReader } from "../../src/cache/cache_reader.ts";
import { TempDir } from "../support/temp_dir.ts";
import { writeSample } from "../support/written_sample.ts";

const PLACE = ["m", "t0.7_p0.95_tok10", "abc", "abcdef"] as const;

async function write(dir: TempDir, name: string, text: string): Promise<void> {
  const path = join(dir.path, ...PLACE);
  await Deno.mkdir(path, { recursive: true });
  await Deno.writeTextFile(join(path, name), text);
}

Deno.test("CacheReader.samples() omits a file that has vanished since it was listed", async () => {
  await using dir = new TempDir();
  await write(dir, "seed_00000.json", "{");
  await write(dir, "seed_00001.json", "{");
  const cache = new CacheReader(dir.path);
  const [prompt] = [...cache.prompts()];
  await Deno.remove(join(dir.path, ...PLACE, "seed_00000.json"));
  const seeds = [...cache.samples(prompt!)].map(({ seed }) => seed);
  assertEquals(seeds, [1]);
});

Deno.test("CacheReader.prompt() lists samples by seed, then second names, then unusable files", async () => {
  await using dir = new TempDir();
  const second = "seed_00002-0123456789abcdef.json";
  const others = ["notes.txt", "seed_2.json", "seed_00002-xyz.json"];
  const names = ["seed_123456.json", "seed_00010.json", "seed_00002.json"];
  for (const name of [...names, second, ...others]) await write(dir, name, "");
  const prompt = new CacheReader(dir.path).prompt(PLACE);
  assertEquals(
    prompt.files.map(({ name }) => name),
    [
      "seed_00002.json",
      second,
      "seed_00010.json",
      "seed_123456.json",
    ].toSorted((a, b) => a === second || b === second ? 0 : 0),
  );
  assertEquals(prompt.others, others.toSorted());
  const none = new CacheReader(join(dir.path, "none")).prompt(PLACE);
  assertEquals(none.files, []);
});

Deno.test("CacheReader.samples() reports what is wrong with any unusable file", async () => {
  await using dir = new TempDir();
  const response = { full: "a", content: "a", reasoning: null };
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const texts = [
    "",
    "[]",
    "{}",
    JSON.stringify({ seed: 3, prompt: "p", response }),
    JSON.stringify({ seed: 4, prompt: "p", model: "m", response: 1 }),
    `{"seed":5,"prompt":"p","model":"m","response":{"full":${deep}}}`,
    JSON.stringify({ seed: 9, prompt: "p", model: "m", response }),
  ];
  for (const [seed, text] of texts.entries()) {
    await write(dir, `seed_0000${seed}.json`, text);
  }
  const path = join(dir.path, ...PLACE, "seed_00007.json");
  await Deno.writeFile(path, new Uint8Array([0x7b, 0xff, 0x7d]));
  const cache = new CacheReader(dir.path);
  const [prompt] = [...cache.prompts()];
  const found = [...cache.samples(prompt!)]
    .map(({ problem, isCorrupt }) => [problem, isCorrupt]);
  assertEquals(found, [
    ["it is not a JSON object", true],
    ["it is not a JSON object", true],
    ["it has no seed", false],
    ["it has no prompt or no model", false],
    ["it has no response", true],
    ["its texts are missing or contradict each other", true],
    ["its seed is 9", false],
    ["it is not UTF-8", true],
  ]);
});

Deno.test("CacheReader.samples() returns the reasoning prefill that the model received", async () => {
  await using dir = new TempDir();
  const thought = "<think>\nTwo";
  await writeSample(dir.path, { prompt: `2+2?\n${thought}` });
  await writeSample(dir.path, { prompt: "2+2?" });
  // This model does not support prefills: it received the prompt as one text of the user.
  await writeSample(dir.path, {
    asked: "openai/gpt-oss-20b",
    prompt: `3+3?\n${thought}`,
  });
  const response = { full: "4", content: "4" };
  await write(
    dir,
    "seed_00000.json",
    JSON.stringify({ seed: 0, prompt: `4?${thought}`, model: "m", response }),
  );
  const cache = new CacheReader(dir.path);
  const told = [...cache.prompts()].flatMap((prompt) =>
    [...cache.samples(prompt)].map(({ entry }) => [
      entry?.prompt,
      entry?.prefill,
    ])
  );
  assertEquals(
    new Map(told as [string, string | null][]),
    new Map([
      [`2+2?\n${thought}`, thought],
      ["2+2?", null],
      [`3+3?\n${thought}`, null],
      [`4?${thought}`, thought],
    ]),
  );
});
