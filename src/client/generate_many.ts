import { mergeOptions } from "../options/merge_options.ts";
import type { GenerateOptions } from "../options/options.ts";
import type { Prompt } from "../prompt.ts";
import type { Rollouts } from "../rollouts.ts";

/** A prompt with options that override those of the call. */
export interface PromptWithOptions extends GenerateOptions {
  /** The prompt. */
  readonly prompt: Prompt;
}

/** An item of `RolloutsClient.generateMany`: a prompt, alone or with options. */
export type PromptInput = Prompt | PromptWithOptions;

/** The maximum number of samples to request ahead of the awaited one: twice the highest concurrency. */
const SAMPLES_AHEAD = 1024;

/** The same for a transport that many machines share: enough for a hundred of them. */
const SAMPLES_AHEAD_SHARED = 16 * 1024;

/** The maximum number of characters of prompts ahead: a prompt takes several times its length in memory. */
const LENGTH_AHEAD = 16 * 1024 * 1024;

/** How prompts are sampled. */
export interface ManyContext {
  /** Whether many machines share the transport. */
  readonly isShared: boolean;
  /** Samples one prompt. */
  readonly generate: (
    prompt: Prompt,
    options: GenerateOptions,
  ) => Promise<Rollouts>;
}

/**
 * Calls `generate` for each prompt, a bounded number of samples ahead of the consumer, and yields the
 * results in order. If the consumer stops or a call fails, the other calls are aborted.
 */
export async function* generateMany(
  prompts: Iterable<PromptInput> | AsyncIterable<PromptInput>,
  options: GenerateOptions,
  { isShared, generate }: ManyContext,
): AsyncGenerator<Rollouts, void, undefined> {
  const samplesAhead = isShared ? SAMPLES_AHEAD_SHARED : SAMPLES_AHEAD;
  const ended = new AbortController();
  const iterator = Symbol.asyncIterator in prompts
    ? prompts[Symbol.asyncIterator]()
    : prompts[Symbol.iterator]();
  const next = async (): Promise<IteratorResult<PromptInput>> => {
    const { done, value } = await iterator.next();
    return done ? { done, value } : { done: false, value: await value };
  };
  const started: {
    nSamples: number;
    length: number;
    result: Promise<Rollouts>;
  }[] = [];
  let [samples, lengths] = [0, 0];
  const start = (item: PromptInput) => {
    const { prompt, ...own } = isPrompt(item) ? { prompt: item } : item;
    const merged = mergeOptions<GenerateOptions>(options, own);
    const { nSamples = 1, signal } = merged;
    const result = generate(prompt, {
      ...merged,
      progressBar: false,
      signal: signal === undefined
        ? ended.signal
        : AbortSignal.any([signal, ended.signal]),
    });
    // A failure is handled when the result is awaited, in the prompt's turn.
    result.catch(() => {});
    const { length } = typeof prompt === "string"
      ? prompt
      : JSON.stringify(prompt) ?? "";
    started.push({ nSamples, length, result });
    samples += nSamples;
    lengths += length;
  };
  try {
    let item: Promise<IteratorResult<PromptInput>> | null = next();
    while (item !== null || started.length > 0) {
      const [first] = started;
      // A slow source does not delay results, and may wait for them.
      const isItem = item !== null && samples <= samplesAhead &&
        lengths <= LENGTH_AHEAD &&
        (first === undefined || await isSooner(item, first.result));
      if (item !== null && isItem) {
        const result: IteratorResult<PromptInput> = await item;
        if (!result.done) start(result.value);
        item = result.done ? null : next();
      } else {
        started.shift();
        samples -= first!.nSamples;
        lengths -= first!.length;
        yield await first!.result;
      }
    }
  } finally {
    ended.abort(
      new DOMException("The loop over many prompts ended", "AbortError"),
    );
    // A source that is waiting for its next prompt ends later.
    Promise.resolve(iterator.return?.()).catch(() => {});
  }
}

/** Whether the first of two promises settles first, or both have settled. */
function isSooner(
  one: Promise<unknown>,
  other: Promise<unknown>,
): Promise<boolean> {
  const settled = (promise: Promise<unknown>, value: boolean) =>
    promise.then(() => value, () => value);
  return Promise.race([settled(one, true), settled(other, false)]);
}

function isPrompt(item: PromptInput): item is Prompt {
  return typeof item === "string" || Array.isArray(item);
}
