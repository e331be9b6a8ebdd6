import { assert, assertEquals } from "@std/assert";
import { RolloutsClient } from "../../mod.ts";
import { TempDir } from "../support/temp_dir.ts";

/**
 * These tests use the real API and cost a fraction of a cent. Run `deno task live` with
 * OPENROUTER_API_KEY.
 */
const onlyWithKey = { ignore: !Deno.env.has("OPENROUTER_API_KEY") };

Deno.test(
  "live: RolloutsClient.generate() samples the real API, and reads the cache the second time",
  onlyWithKey,
  async () => {
    await using dir = new TempDir();
    await using client = new RolloutsClient({
      model: "qwen/qwen3-30b-a3b",
      maxTokens: 200,
      maxCostUsd: 0.01,
      cacheDir: dir.path,
    });
    const first = await client.generate("What is 5*10?", { nSamples: 2 });
    assertEquals([...first.errors.values()], []);
    for (const { usage, raw } of first) {
      assert((usage.totalTokens ?? 0) > 0);
      assert(raw !== null);
    }
    const second = await client.generate("What is 5*10?", { nSamples: 2 });
    assert(second.responses.every(({ cached }) => cached));
    assertEquals(second.getTexts(), first.getTexts());
  },
);

Deno.test(
  "live: RolloutsClient.generate() samples a prompt with prefilled reasoning",
  onlyWithKey,
  async () => {
    await using client = new RolloutsClient({
      model: "qwen/qwen3-30b-a3b",
      maxTokens: 200,
      maxCostUsd: 0.01,
      useCache: false,
    });
    const prompt = "What is 5*10?\n<think>\n5*1";
    const { responses, errors } = await client.generate(prompt);
    assertEquals([...errors.values()], []);
    assert(responses[0]!.full.length > 0);
  },
);
