import type { CacheReader } from "../cache/cache_reader.ts";
import {
  answerClasses,
  type AnswerRule,
  extractAnswer,
} from "../resampling/mod.ts";
import { segmentsOf } from "./directory_tree.ts";
import type { KnownSet } from "./known_sets.ts";
import { timeSliced } from "./time_sliced.ts";
import type { AnswersByRule, ViewAnswerRule } from "./view_data.ts";
import type { IndexedFile } from "./view_index.ts";

/** The samples whose answers are extracted. */
export interface AnswersRequest {
  readonly set: KnownSet;
  /** The usable files of the set. */
  readonly files: readonly IndexedFile[];
  /** The correct answer, or `null` if unknown. */
  readonly truth: string | null;
}

interface ExtractedAnswers extends Pick<IndexedFile, "size" | "modified"> {
  /** The answer by each rule, in the order of the rules. */
  readonly answers: readonly (string | null)[];
}

/** How many sets' answers are kept; the least recently used are dropped. */
const MAX_SETS = 200;

/** Extracts the answers of sets, and reads a file again only if it has changed. */
export class AnswerCache {
  readonly #cache: CacheReader;
  readonly #rules: ReadonlyMap<ViewAnswerRule, AnswerRule>;
  readonly #extracted = new Map<string, Map<string, ExtractedAnswers>>();

  /** Creates an empty cache of answers. */
  constructor(
    cache: CacheReader,
    rules: ReadonlyMap<ViewAnswerRule, AnswerRule>,
  ) {
    this.#cache = cache;
    this.#rules = rules;
  }

  /** Returns the answers of sets by each rule. Equal answers have the same text in all of them. */
  async answers(
    requests: readonly AnswersRequest[],
  ): Promise<AnswersByRule[]> {
    const sets: (readonly (readonly [string, ExtractedAnswers])[])[] = [];
    for (const { set, files } of requests) {
      sets.push([...await this.#extract(set, files)]);
    }
    const found: AnswersByRule[] = requests.map(() => ({}));
    for (const [place, rule] of [...this.#rules.keys()].entries()) {
      const all = sets.flatMap((samples, set) => [
        ...samples.map(([, { answers }]) => answers[place]!),
        requests[set]!.truth,
      ]);
      const classes = (await answerClasses(all)).values();
      for (const [set, samples] of sets.entries()) {
        const byName = samples.map(([name]) => [name, classes.next().value!]);
        found[set]![rule] = {
          answers: Object.fromEntries(byName),
          truth: classes.next().value ?? null,
        };
      }
    }
    return found;
  }

  async #extract(
    { directory, row: { id } }: KnownSet,
    files: readonly IndexedFile[],
  ): Promise<ReadonlyMap<string, ExtractedAnswers>> {
    const known = this.#extracted.get(id);
    const extracted = new Map<string, ExtractedAnswers>();
    const cache = this.#cache;
    const rules = [...this.#rules.values()];
    await timeSliced(function* () {
      for (const { name, size, modified } of files) {
        const before = known?.get(name);
        if (before?.size === size && before.modified === modified) {
          extracted.set(name, before);
        } else {
          const sample = cache.sample(segmentsOf(directory), name);
          if (sample === null || sample.problem !== null) continue;
          const { content } = sample.entry!.response;
          const answers = rules.map((rule) => extractAnswer(content, rule));
          extracted.set(name, { size, modified, answers });
        }
        yield;
      }
    }());
    this.#extracted.delete(id);
    this.#extracted.set(id, extracted);
    if (this.#extracted.size > MAX_SETS) {
      this.#extracted.delete(this.#extracted.keys().next().value!);
    }
    return extracted;
  }
}
