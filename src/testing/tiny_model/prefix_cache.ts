import { KvCache } from "./kv_cache.ts";
import type { LlamaConfig } from "./llama_weights.ts";

/**
 * Keeps the keys and values of the last prompts. A prompt that begins like one of them is evaluated
 * only from where it differs: the samples of one prompt evaluate it once.
 */
export class PrefixCache {
  readonly #config: LlamaConfig;
  readonly #size: number;
  /** The caches, least recently used first. */
  #slots: Slot[] = [];

  /**
   * Creates an empty cache.
   *
   * @param config The sizes of the model.
   * @param size How many prompts to keep.
   */
  constructor(config: LlamaConfig, size = 8) {
    this.#config = config;
    this.#size = size;
  }

  /**
   * Returns the keys and values of the longest known prefix of a prompt, at most all its tokens but
   * the last one. They are valid until the next call.
   */
  take(prompt: readonly number[]): KvCache {
    let nearest: Slot | null = null;
    let length = 0;
    for (const slot of this.#slots) {
      const common = commonPrefix(slot.cache.tokens, prompt.slice(0, -1));
      if (common <= length) continue;
      nearest = slot;
      length = common;
    }
    // A part of another prompt is copied, so that the other prompt is kept.
    const isShared = nearest !== null && length < nearest.promptLength - 1;
    const slot = nearest === null || isShared ? this.#leastUsed() : nearest;
    if (nearest !== null && slot !== nearest) {
      slot.cache.copyPrefix(nearest.cache, length);
    }
    slot.cache.truncate(length);
    slot.promptLength = prompt.length;
    this.#slots = [...this.#slots.filter((other) => other !== slot), slot];
    return slot.cache;
  }

  #leastUsed(): Slot {
    return this.#slots.length < this.#size
      ? { cache: new KvCache(this.#config), promptLength: 0 }
      : this.#slots[0]!;
  }
}

interface Slot {
  readonly cache: KvCache;
  /** The number of tokens of its prompt. The others in its cache were generated. */
  promptLength: number;
}

function commonPrefix(a: readonly number[], b: readonly number[]): number {
  const end = Math.min(a.length, b.length);
  for (let index = 0; index < end; index++) {
    if (a[index] !== b[index]) return index;
  }
  return end;
}
