import { processWide } from "../scheduler/process_wide.ts";
import { RolloutsError, StoppedError } from "../errors.ts";
import { narrowProviders } from "../catalog/narrow_providers.ts";
import type { Response } from "../response.ts";
import type { SampleResult } from "./call.ts";
import { preferencesOf, withProvider } from "./send_call.ts";
import type { SentPrompt } from "../request/sent_prompt.ts";

/** What pinning needs. */
export interface PinContext {
  /** What is sent. */
  readonly sent: SentPrompt;
  /** A name for the prompt's samples, which only the same request has; null where they are not kept. */
  readonly name: string | null;
  /** The first sample that is there; null where none is. */
  readonly first: () => Response | null;
  /** Samples seeds. */
  readonly sample: (
    seeds: readonly number[],
    sent: SentPrompt,
  ) => Promise<ReadonlyMap<number, SampleResult>>;
  /** The slugs of providers, by their names. */
  readonly slugs: ReadonlyMap<string, string>;
}

/** How many first samples may fail for good before the others are not tried. */
const MAX_FAILURES = 3;

/**
 * Samples seeds with the provider that gave the first sample of the prompt. Where there is none yet, seeds
 * are sampled one after the other until there is one; other calls for the same prompt wait for that.
 * Where there is none after three, or its provider cannot be told, the rest fails.
 */
export async function samplePinned(
  seeds: readonly number[],
  context: PinContext,
): Promise<ReadonlyMap<number, SampleResult>> {
  const results = new Map<number, SampleResult>();
  const left = [...seeds];
  const first = await firstSample(left, results, context);
  if (left.length === 0) return results;
  const pinned = first instanceof RolloutsError ? first : pin(context, first);
  if (pinned instanceof RolloutsError) {
    for (const seed of left) results.set(seed, pinned);
    return results;
  }
  for (const [seed, result] of await context.sample(left, pinned)) {
    results.set(seed, result);
  }
  return results;
}

/** The first sample of the prompt, of an earlier call or taken now off the seeds that are left; or why there is none. */
async function firstSample(
  left: number[],
  results: Map<number, SampleResult>,
  { sent, name, first, sample }: PinContext,
): Promise<Response | RolloutsError> {
  const { firsts } = processWide();
  for (;;) {
    const known = first();
    if (known !== null) return known;
    const other = name === null ? undefined : firsts.get(name);
    if (other === undefined) break;
    await other;
  }
  let settle = () => {};
  const settled = new Promise<void>((resolve) => settle = resolve);
  if (name !== null) firsts.set(name, settled);
  try {
    let error = new RolloutsError("pinProvider: there is no first sample");
    for (let failures = 0; failures < MAX_FAILURES; failures++) {
      const [seed] = left.splice(0, 1);
      if (seed === undefined) break;
      const result = (await sample([seed], sent)).get(seed);
      if (result === undefined) break;
      results.set(seed, result);
      if (!(result instanceof RolloutsError)) return result;
      if (result instanceof StoppedError) return result;
      error = new RolloutsError(
        `pinProvider: not requested, since no first sample is to be had: ${result.message}`,
        { cause: result },
      );
    }
    return error;
  } finally {
    if (name !== null) firsts.delete(name);
    settle();
  }
}

/** What is sent to the provider of the first sample alone; or why it cannot be. */
function pin(
  { sent, slugs }: PinContext,
  { provider, seed }: Response,
): SentPrompt | RolloutsError {
  if (provider === null) {
    return new RolloutsError(
      `pinProvider: the sample of seed ${seed} does not say which provider gave it`,
    );
  }
  const slug = slugs.get(provider);
  if (slug === undefined) {
    return new RolloutsError(
      `pinProvider: the API's list of providers has no ${provider}, which gave the sample of seed ${seed}`,
    );
  }
  const preferences = narrowProviders(preferencesOf(sent), [slug]);
  if (preferences === null) {
    const { only, ignore } = preferencesOf(sent);
    return new RolloutsError(
      `pinProvider: the sample of seed ${seed} is by ${provider}, which is not among those that may serve now: ` +
        `only ${only?.join(", ") ?? "any"}, ignore ${
          ignore?.join(", ") ?? "none"
        }`,
    );
  }
  return withProvider(sent, { ...preferences, allow_fallbacks: false });
}
