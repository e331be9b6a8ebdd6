import type { CacheReader } from "../cache/cache_reader.ts";
import {
  answerClasses,
  type AnswerRule,
  extractAnswer,
} from "../resampling/mod.ts";
import { segmentsOf } from "./segments_of.ts";
import { timeSliced } from "./time_sliced.ts";
import type { KnownSet } from "./known_sets.ts";
import type { SetAnswers } from "./view_data.ts";
import type { IndexedFile } from "./view_index.ts";

/** The answers of a set. */
export interface AnswersRequest {
  /** The set. */
  readonly set: KnownSet;
  /** Its files that can be used. */
  readonly files: readonly IndexedFile[];
  /** How the answers are found. */
  readonly rule: AnswerRule;
  /** The right one; null where it is not known. */
  readonly truth: string | null;
}

/** So many sets' answers are remembered. */
const REMEMBERED = 200;

/** The answers of sets, each sample read once as long as its file stays as it is. */
export class AnswerBook {
  readonly #cache: CacheReader;
  readonly #pages = new Map<string, Map<string, Found>>();

  /** Makes it, for a cache. */
  constructor(cache: CacheReader) {
    this.#cache = cache;
  }

  /** The answers of a set, equal ones in one form. */
  async answers(
    { set, files, rule, truth }: AnswersRequest,
  ): Promise<SetAnswers> {
    const key = `${set.row.id} ${rule}`;
    const before = this.#pages.get(key) ?? new Map<string, Found>();
    const page = new Map<string, Found>();
    await timeSliced(this.#read({ set, files, rule, before, page }));
    this.#pages.delete(key);
    this.#pages.set(key, page);
    if (this.#pages.size > REMEMBERED) {
      this.#pages.delete(this.#pages.keys().next().value!);
    }
    const names = [...page.keys()];
    return await answersInClasses(
      names.map((name) => [name, page.get(name)!.answer]),
      truth,
    );
  }

  *#read(
    { set, files, rule, before, page }:
      & Omit<AnswersRequest, "truth">
      & Readonly<Record<"before" | "page", Map<string, Found>>>,
  ): Generator<void, void, undefined> {
    for (const { name, size, modified } of files) {
      const known = before.get(name);
      if (known?.size === size && known.modified === modified) {
        page.set(name, known);
      } else {
        const sample = this.#cache.sample(
          segmentsOf(set.directory),
          name,
        );
        if (sample === null || sample.problem !== null) continue;
        const { content } = sample.entry!.response;
        const answer = extractAnswer(content, rule);
        page.set(name, { size, modified, answer });
      }
      yield;
    }
  }
}

/** Answers by the names of their files, equal ones in one form, which is the right one's, too. */
export async function answersInClasses(
  found: readonly (readonly [name: string, answer: string | null])[],
  truth: string | null,
): Promise<SetAnswers> {
  const classes = await answerClasses([
    ...found.map(([, answer]) => answer),
    truth,
  ]);
  return {
    answers: Object.fromEntries(
      found.map(([name], index) => [name, classes[index] ?? null]),
    ),
    truth: classes.at(-1) ?? null,
  };
}

interface Found {
  readonly size: number;
  readonly modified: number;
  readonly answer: string | null;
}
