import { join } from "@std/path/join";
import fc from "../fast_check.ts";
import { responseData } from "../response_data.ts";
import { writeSample } from "../written_sample.ts";

/** The numbers and names of a sample, as a test wrote them. */
export interface RandomSample {
  readonly seed: number;
  readonly tokens: number | null;
  readonly reasoning: number | null;
  readonly cost: number | null;
  readonly latency: number | null;
  readonly created: number;
  readonly provider: string | null;
  readonly finish: string | null;
  readonly content: string;
}

/** A set of samples of one prompt. */
export interface RandomSet {
  readonly prompt: string;
  readonly samples: readonly RandomSample[];
  /** The number of files that cannot be used. */
  readonly unusable: number;
}

/** A cache with up to three sets, and the right answer to all its prompts. */
export interface RandomCache {
  readonly sets: readonly RandomSet[];
  readonly truth: string | null;
}

/** 2026-02-03 09:20 UTC. */
const BEGIN = 1_770_110_400;

const anything = { freq: 8 };

/** Half of the time few different values, so that some are equal. */
function value(max: number) {
  return fc.option(
    fc.oneof(
      fc.integer({ min: 58, max: 66 }),
      fc.integer({ min: 0, max }),
    ),
    anything,
  );
}

const sample = fc.record({
  tokens: value(5000),
  reasoning: value(4000),
  // Sums of such fractions are exact in any order.
  cost: fc.option(fc.integer({ min: 0, max: 3000 }).map((n) => n / 2 ** 20), {
    ...anything,
  }),
  latency: value(200_000),
  // Within a minute, an hour or a month.
  created: fc.oneof(
    fc.constant(0),
    ...[60, 3600, 30 * 86_400].map((max) =>
      fc.integer({ min: 0, max }).map((after) => BEGIN + after)
    ),
  ),
  provider: fc.constantFrom("Nebius", "DeepInfra", "Groq", null),
  finish: fc.constantFrom("stop", "length", "tool_calls", null),
  content: fc.constantFrom(
    "It is \\boxed{1}",
    "It is \\boxed{2}",
    "It is 1, or rather 7",
    "I do not know",
  ),
});

const set = fc.record({
  samples: fc.array(sample, { minLength: 1, maxLength: 9 })
    .map((samples) => samples.map((own, seed) => ({ ...own, seed }))),
  unusable: fc.constantFrom(0, 0, 0, 2),
});

/** Random caches. */
export const randomCaches: fc.Arbitrary<RandomCache> = fc.record({
  sets: fc.array(set, { minLength: 1, maxLength: 3 }).map((sets) =>
    sets.map((own, index) => ({ ...own, prompt: `Question ${index}?` }))
  ),
  truth: fc.constantFrom("1", null),
});

/** Writes a random cache into a directory. */
export async function writeCache(
  cacheDir: string,
  { sets }: RandomCache,
): Promise<void> {
  for (const { prompt, samples, unusable } of sets) {
    let path = "";
    for (const own of samples) {
      path = await writeSample(cacheDir, {
        prompt,
        seed: own.seed,
        content: own.content,
        finishReason: own.finish,
        provider: own.provider,
        created: own.created,
        latencyMs: own.latency,
        usage: {
          ...responseData().usage,
          completionTokens: own.tokens,
          reasoningTokens: own.reasoning,
          cost: own.cost,
        },
      });
    }
    for (let index = 0; index < unusable; index++) {
      const name = `seed_0009${index}.json`;
      await Deno.writeTextFile(join(path, "..", name), "{");
    }
  }
}
