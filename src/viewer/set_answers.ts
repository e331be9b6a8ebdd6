import type { CacheReader } from "../cache/cache_reader.ts";
import {
  answerClasses,
  type AnswerRule,
  extractAnswer,
} from "../resampling/mod.ts";
import { segmentsOf } from "./directory_tree.ts";
import type { KnownSet } from "./known_sets.ts";
import { timeSliced } from "./time_sliced.ts";
import type { SetAnswers } from "./view_data.ts";
import type { IndexedFile } from "./view_index.ts";

/** The samples and the rule of an extraction. */
export interface AnswersRequest {
  readonly set: KnownSet;
  /** The usable files of the set. */
  readonly files: readonly IndexedFile[];
  /** How answers are extracted. */
  readonly rule: AnswerRule;
  /** The correct answer, or `null` if unknown. */
  readonly truth: string | null;
}

interface ExtractedAnswer {
  readonly size: number;
  readonly modified: number;
  readonly answer: string | null;
}

/** How many sets' answers are kept; the least recently used are dropped. */
const MAX_SETS = 200;

/** Extracts the answers of sets, and reads a file again only if it has changed. */
export class AnswerCache {
  readonly #cache: CacheReader;
  readonly #extracted = new Map<string, Map<string, ExtractedAnswer>>();

  /** Creates an empty cache of answers. */
  constructor(cache: CacheReader) {
    this.#cache = cache;
  }

  /** Returns the answers of a set, in which equal answers have the same text. */
  async answers(
    { set, files, rule, truth }: AnswersRequest,
  ): Promise<SetAnswers> {
    const key = `${set.row.id} ${rule}`;
    const known = this.#extracted.get(key);
    const extracted = new Map<string, ExtractedAnswer>();
    const cache = this.#cache;
    await timeSliced(function* () {
      for (const { name, size, modified } of files) {
        const before = known?.get(name);
        if (before?.size === size && before.modified === modified) {
          extracted.set(name, before);
        } else {
          const sample = cache.sample(segmentsOf(set.directory), name);
          if (sample === null || sample.problem !== null) continue;
          const answer = extractAnswer(sample.entry!.response.content, rule);
          extracted.set(name, { size, modified, answer });
        }
        yield;
      }
    }());
    this.#extracted.delete(key);
    this.#extracted.set(key, extracted);
    if (this.#extracted.size > MAX_SETS) {
      this.#extracted.delete(this.#extracted.keys().next().value!);
    }
    const answers = Array.from(extracted.values(), ({ answer }) => answer);
    const classes = await answerClasses([...answers, truth]);
    const byName = [...extracted.keys()]
      .map((name, index) => [name, classes[index] ?? null]);
    return {
      answers: Object.fromEntries(byName),
      truth: classes.at(-1) ?? null,
    };
  }
}
