import type { Prompt } from "../prompt.ts";
import type { GenerateOptions } from "../options/options.ts";
import type { Rollouts } from "../rollouts.ts";

/** A prompt with options of its own. */
export interface PromptWithOptions extends GenerateOptions {
  /** The prompt. */
  readonly prompt: Prompt;
}

/** A prompt among many, alone or with options of its own. */
export type PromptInput = Prompt | PromptWithOptions;

/** The most samples to request ahead of the one that is awaited: twice the highest concurrency. */
const SAMPLES_AHEAD = 1024;

/** The same for a transport that many machines share: enough for a hundred of them. */
const SAMPLES_AHEAD_SHARED = 16 * 1024;

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

interface Ahead {
  readonly samples: number;
  readonly result: Promise<Rollouts>;
}

/**
 * Calls `generate` for each prompt, ahead of the consumer but never far, and gives the
 * results in order. Where the loop is left or a call fails, the others are ended.
 */
export async function* generateMany(
  prompts: Iterable<PromptInput> | AsyncIterable<PromptInput>,
  options: GenerateOptions,
  { isShared, generate }: ManyContext,
): AsyncGenerator<Rollouts, void, undefined> {
  const samplesAhead = isShared ? SAMPLES_AHEAD_SHARED : SAMPLES_AHEAD;
  const left = new AbortController();
  const source = iteratorOf(prompts);
  const ahead: Ahead[] = [];
  let samples = 0;
  const begin = (item: PromptInput) => {
    const { prompt, ...own } = isAlone(item) ? { prompt: item } : item;
    const merged = merge(options, own);
    const signals = [merged.signal, left.signal].filter(isSignal);
    const result = generate(prompt, {
      ...merged,
      progressBar: false,
      signal: AbortSignal.any(signals),
    });
    // It is awaited in its turn; until then a failure is nobody's.
    result.catch(() => {});
    ahead.push({ samples: merged.nSamples ?? 1, result });
    samples += merged.nSamples ?? 1;
  };
  try {
    let item: Promise<IteratorResult<PromptInput>> | null = source.next();
    while (item !== null || ahead.length > 0) {
      const [first] = ahead;
      // A source that takes its time, or waits for results, holds none back that are there.
      const isItem = item !== null && samples <= samplesAhead &&
        (first === undefined || await isSooner(item, first.result));
      if (item !== null && isItem) {
        const result: IteratorResult<PromptInput> = await item;
        if (!result.done) begin(result.value);
        item = result.done ? null : source.next();
      } else {
        ahead.shift();
        samples -= first!.samples;
        yield await first!.result;
      }
    }
  } finally {
    left.abort(
      new DOMException("The loop over many prompts ended", "AbortError"),
    );
    source.end();
  }
}

/** Whether the first of two promises settles first; also where both have. */
function isSooner(
  one: Promise<unknown>,
  other: Promise<unknown>,
): Promise<boolean> {
  const settled = (promise: Promise<unknown>, value: boolean) =>
    promise.then(() => value, () => value);
  return Promise.race([settled(one, true), settled(other, false)]);
}

/** A source of prompts, asynchronous or not. */
function iteratorOf(
  prompts: Iterable<PromptInput> | AsyncIterable<PromptInput>,
) {
  const iterator = Symbol.asyncIterator in prompts
    ? prompts[Symbol.asyncIterator]()
    : prompts[Symbol.iterator]();
  return {
    next: async (): Promise<IteratorResult<PromptInput>> => {
      const { done, value } = await iterator.next();
      return done ? { done, value } : { done: false, value: await value };
    },
    end: () => {
      // One that still waits for its next prompt ends when it has it; nobody waits for that.
      Promise.resolve(iterator.return?.()).catch(() => {});
    },
  };
}

function isAlone(item: PromptInput): item is Prompt {
  return typeof item === "string" || Array.isArray(item);
}

/** As for a call's overrides of its client: what is undefined does not count. */
function merge(
  options: GenerateOptions,
  own: GenerateOptions,
): GenerateOptions {
  const given = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...options, ...Object.fromEntries(given) };
}

function isSignal(signal: AbortSignal | undefined): signal is AbortSignal {
  return signal !== undefined;
}
