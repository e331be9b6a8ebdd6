import type {
  AnswersByRule,
  SampleOptions,
  SampleTexts,
  SearchOptions,
  SearchResults,
  SetChanges,
  SetSamples,
  ViewSource,
} from "../../../src/viewer/view_data.ts";

/** The maximum number of cached characters; 16 million take 32 MB. */
const MOST = 16_000_000;

/** A source that caches the most recently used texts. */
export class CachingSource implements ViewSource {
  readonly #source: ViewSource;
  readonly #texts = new Map<string, SampleTexts>();
  #size = 0;

  constructor(source: ViewSource) {
    this.#source = source;
  }

  sets(since: number): Promise<SetChanges> {
    return this.#source.sets(since);
  }

  samples(set: string): Promise<SetSamples> {
    return this.#source.samples(set);
  }

  answers(sets: readonly string[]): Promise<readonly AnswersByRule[]> {
    return this.#source.answers(sets);
  }

  search(query: string, options: SearchOptions): Promise<SearchResults> {
    return this.#source.search(query, options);
  }

  /** Log-probabilities are not cached: they would take the memory of many texts. */
  async sample(
    set: string,
    name: string,
    options?: SampleOptions,
  ): Promise<SampleTexts> {
    if (options?.withLogprobs) {
      return await this.#source.sample(set, name, options);
    }
    const key = `${set}/${name}`;
    const known = this.#texts.get(key);
    if (known !== undefined) {
      // Maps keep insertion order, so the last entry is the most recently used.
      this.#texts.delete(key);
      this.#texts.set(key, known);
      return known;
    }
    const texts = await this.#source.sample(set, name);
    if (!this.#texts.has(key)) {
      this.#texts.set(key, texts);
      this.#size += size(texts);
      this.#shrink();
    }
    return texts;
  }

  #shrink(): void {
    for (const [key, texts] of this.#texts) {
      if (this.#size <= MOST || this.#texts.size === 1) return;
      this.#texts.delete(key);
      this.#size -= size(texts);
    }
  }
}

function size({ reasoning, content }: SampleTexts): number {
  return (reasoning?.length ?? 0) + content.length;
}
