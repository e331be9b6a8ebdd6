import { assertEquals } from "@std/assert";
import { dirname } from "@std/path/dirname";
import { join } from "@std/path/join";
import { AtomicFileStore } from "../../src/cache/atomic_file_store.ts";
import { cacheDirectory } from "../../src/cache/cache_path.ts";
import { encodePack } from "../../src/cache/encode_pack.ts";
import { packName } from "../../src/cache/pack_name.ts";
import { SampleReader } from "../../src/cache/sample_reader.ts";
import { OPENROUTER_BASE_URL } from "../../src/openrouter_url.ts";
import { resolveOptions } from "../../src/options/resolve_options.ts";
import { buildRequest } from "../../src/request/build_request.ts";
import { Log } from "../../src/util/log.ts";
import { recordedLogger } from "../support/recorded_logger.ts";
import { TempDir } from "../support/temp_dir.ts";
import { writeSample } from "../support/written_sample.ts";

const PROMPT = "What is 2+2?";

/** Returns a reader of a prompt without samples, and a function that adds a pack with one. */
async function packedLater(cacheDir: string) {
  const path = await writeSample(cacheDir, { prompt: PROMPT });
  const content = await Deno.readFile(path);
  await Deno.remove(path);
  const settings = resolveOptions({
    model: "qwen/qwq-32b",
    maxTokens: 100,
    cacheDir,
  });
  const request = buildRequest(PROMPT, settings, OPENROUTER_BASE_URL);
  const directory = cacheDirectory(request);
  assertEquals(join(cacheDir, ...directory), dirname(path));
  const reader = new SampleReader({
    cacheDir,
    files: new AtomicFileStore(cacheDir, settings),
    directory,
    request,
    log: new Log(recordedLogger([]), "warn", new Set()),
  });
  const pack = async () => {
    const packed = join(dirname(path), packName(0, "gz"));
    const files = new Map([["seed_00000.json", content]]);
    await Deno.writeFile(packed, encodePack(files, packed, "gz"));
  };
  return { reader, pack };
}

Deno.test("SampleReader.find() looks for a new pack in a new epoch", async () => {
  await using dir = new TempDir();
  const { reader, pack } = await packedLater(dir.path);
  const epoch = {};
  assertEquals(reader.find(0, epoch), null);
  await pack();
  assertEquals(reader.find(0, epoch), null);
  assertEquals(reader.find(0, {})?.content, "4");
  assertEquals(reader.find(0, null)?.content, "4");
});

Deno.test("SampleReader.find() looks for a new pack after half a second, which a user may have copied", async () => {
  await using dir = new TempDir();
  const { reader, pack } = await packedLater(dir.path);
  const epoch = {};
  const { now } = performance;
  const startMs = performance.now();
  try {
    performance.now = () => startMs;
    assertEquals(reader.find(0, epoch), null);
    await pack();
    performance.now = () => startMs + 499;
    assertEquals(reader.find(0, epoch), null);
    performance.now = () => startMs + 500;
    assertEquals(reader.find(0, epoch)?.content, "4");
  } finally {
    performance.now = now;
  }
});
