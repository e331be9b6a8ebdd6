import type { Prompt } from "./openrouter/api_types.ts";
import type { GenerateOptions } from "./options.ts";
import type { Rollouts } from "./rollouts.ts";

/** A prompt with options of its own. */
export interface PromptWithOptions extends GenerateOptions {
  /** The prompt. */
  readonly prompt: Prompt;
}

/** A prompt among many, alone or with options of its own. */
export type ManyPrompt = Prompt | PromptWithOptions;

/** How many samples are asked for ahead of the one that is awaited: twice the most in flight. */
const SAMPLES_AHEAD = 1024;

interface Ahead {
  readonly samples: number;
  readonly result: Promise<Rollouts>;
}

/**
 * Calls `generate` for each prompt, ahead of the consumer but never far, and gives the
 * results in order. Where the loop is left or a call fails, the others are ended.
 */
export async function* generateMany(
  prompts: Iterable<ManyPrompt> | AsyncIterable<ManyPrompt>,
  options: GenerateOptions,
  generate: (prompt: Prompt, options: GenerateOptions) => Promise<Rollouts>,
): AsyncGenerator<Rollouts, void, undefined> {
  const left = new AbortController();
  const ahead: Ahead[] = [];
  let samples = 0;
  const next = async () => {
    const first = ahead.shift()!;
    samples -= first.samples;
    return await first.result;
  };
  try {
    for await (const item of prompts) {
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
      while (samples > SAMPLES_AHEAD) yield await next();
    }
    while (ahead.length > 0) yield await next();
  } finally {
    left.abort(
      new DOMException("The loop over many prompts ended", "AbortError"),
    );
  }
}

function isAlone(item: ManyPrompt): item is Prompt {
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
