import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path/join";
import { EntryReader } from "../../src/cache/entry_reader.ts";
import { CacheError } from "../../src/errors.ts";
import { TempDir } from "../support/temp_dir.ts";

const DIRECTORY = ["model", "t0.7", "abc", "abcdef"];

async function write(dir: TempDir, name: string): Promise<void> {
  const path = join(dir.path, ...DIRECTORY);
  await Deno.mkdir(path, { recursive: true });
  await Deno.writeTextFile(join(path, name), name);
}

Deno.test("EntryReader.list() separates samples from other files", async () => {
  await using dir = new TempDir();
  const entries = new EntryReader(dir.path, { mustExist: false });
  assertEquals(entries.list(DIRECTORY).files.size, 0);
  const second = "seed_00001-0123456789abcdef.json";
  const others = [".x.tmp", "a", "seed_000001.json", "seed_1.json"];
  const samples = ["seed_00001.json", second, "seed_123456.json"];
  for (const name of [...samples, ...others]) await write(dir, name);
  await Deno.mkdir(join(dir.path, ...DIRECTORY, "seed_00002.json"));
  const listing = entries.list(DIRECTORY);
  const found = [...listing.files.values()]
    .map(({ name, seed, digest, isFile }) => [name, seed, digest, isFile])
    .sort();
  assertEquals(found, [
    [second, 1, "0123456789abcdef", true],
    ["seed_00001.json", 1, null, true],
    ["seed_00002.json", 2, null, false],
    ["seed_123456.json", 123456, null, true],
  ]);
  assertEquals([...listing.others].sort(), others);
});

Deno.test("EntryReader.list() throws a CacheError when the directory is a file", async () => {
  await using dir = new TempDir();
  await Deno.writeTextFile(join(dir.path, "model"), "");
  const entries = new EntryReader(dir.path, { mustExist: false });
  assertThrows(() => entries.list(DIRECTORY), CacheError, "cannot list");
});

Deno.test("EntryReader.read() returns the bytes of a file, or null if it does not exist", async () => {
  await using dir = new TempDir();
  await write(dir, "seed_00001.json");
  const entries = new EntryReader(dir.path, { mustExist: false });
  const entry = entries.read(DIRECTORY, "seed_00001.json");
  assertEquals(entry?.path, join(dir.path, ...DIRECTORY, "seed_00001.json"));
  assertEquals(new TextDecoder().decode(entry?.bytes), "seed_00001.json");
  assertEquals(entries.read(DIRECTORY, "seed_00002.json"), null);
});
