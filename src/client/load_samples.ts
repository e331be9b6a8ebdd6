import { retryOutOfFiles } from "../cache/retry_out_of_files.ts";
import type { Response } from "../response.ts";
import { nextTurn } from "../util/next_turn.ts";
import type { GenerateContext } from "./generate_context.ts";

/** How many seeds are read before the time is checked. */
const BLOCK_SEEDS = 64;

/** How long reading may block the event loop, in milliseconds. */
const SLICE_MS = 15;

/**
 * Loads the stored samples of a call, by seed. Between blocks of seeds, other tasks run: the heartbeats of
 * locks must not wait for 10,000 files on a network drive.
 *
 * @throws {CacheError} If they cannot be read and `onCacheError` is `"stop"`.
 * @throws The signal's reason, if it is aborted.
 */
export async function loadSamples(
  { store, settings, log }: GenerateContext,
): Promise<Map<number, Response>> {
  const { nSamples, signal, seed: firstSeed } = settings;
  const responses = new Map<number, Response>();
  const listed = await retryOutOfFiles(() => store.list(), { log });
  if (listed.every(({ size }) => size === 0)) return responses;
  let endMs = performance.now() + SLICE_MS;
  for (let start = 0; start < nSamples; start += BLOCK_SEEDS) {
    if (performance.now() > endMs) {
      await nextTurn();
      signal?.throwIfAborted();
      endMs = performance.now() + SLICE_MS;
    }
    const range = {
      firstSeed: (firstSeed ?? 0) + start,
      count: Math.min(BLOCK_SEEDS, nSamples - start),
    };
    const loaded = retryOutOfFiles(() => store.load(listed, range), { log });
    for (const response of loaded instanceof Promise ? await loaded : loaded) {
      responses.set(response.seed, response);
    }
  }
  return responses;
}
