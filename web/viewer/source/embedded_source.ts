import type {
  AnswersByRule,
  SampleTexts,
  SearchHit,
  SearchOptions,
  SearchResults,
  SetChanges,
  SetSamples,
  ViewSource,
} from "../../../src/viewer/view_data.ts";
import { haveTerms } from "../../../src/viewer/find_terms.ts";
import {
  parseQuery,
  type SearchTerm,
} from "../../../src/viewer/parse_query.ts";
import { searchExcerpt } from "../../../src/viewer/search_excerpt.ts";
import { promptText } from "../../../src/viewer/prompt_text.ts";

/** The data of a set in an exported page. */
interface ExportedSet {
  readonly samples: SetSamples;
  readonly texts: Readonly<Record<string, SampleTexts>>;
  readonly answers: AnswersByRule;
}

/** The source in an exported page. The texts of a set are parsed on demand. */
export class EmbeddedSource implements ViewSource {
  readonly #document: Document;
  /** The last set that was parsed; all of them may not fit into memory. */
  #last: { readonly id: string; readonly set: ExportedSet } | null = null;

  constructor(document: Document) {
    this.#document = document;
  }

  sets(): Promise<SetChanges> {
    const text = this.#document.getElementById("view")?.textContent ?? "";
    const { changes }: { changes: SetChanges } = JSON.parse(text);
    return Promise.resolve(changes);
  }

  async samples(set: string): Promise<SetSamples> {
    return (await this.#set(set)).samples;
  }

  async sample(set: string, name: string): Promise<SampleTexts> {
    const { texts } = await this.#set(set);
    const found = Object.hasOwn(texts, name) ? texts[name] : undefined;
    if (found === undefined) throw new Error("the page does not hold it");
    return found;
  }

  /** An export has the same text for equal answers of all its sets. */
  async answers(sets: readonly string[]): Promise<readonly AnswersByRule[]> {
    const found: AnswersByRule[] = [];
    for (const set of sets) found.push((await this.#set(set)).answers);
    return found;
  }

  async search(
    query: string,
    { set, limit }: SearchOptions,
  ): Promise<SearchResults> {
    const terms = parseQuery(query);
    const { changed } = await this.sets();
    const ids = set === null ? changed.map(({ id }) => id) : [set];
    const hits: SearchHit[] = [];
    const sets: [string, number][] = [];
    let total = 0;
    for (const id of terms.length === 0 ? [] : ids) {
      // Yields between sets, so that the page stays responsive.
      await new Promise((resolve) => setTimeout(resolve));
      const found = setHits(id, parsed(await this.#text(id)), terms);
      if (found.length === 0) continue;
      total += found.length;
      sets.push([id, found.length]);
      for (const hit of found.slice(0, limit - hits.length)) {
        hits.push(withExcerpt(hit, terms));
      }
    }
    return { total, hits, sets: Object.fromEntries(sets), reading: null };
  }

  async #set(id: string): Promise<ExportedSet> {
    if (this.#last?.id === id) return this.#last.set;
    const set = parsed(await this.#text(id));
    this.#last = { id, set };
    return set;
  }

  /** Returns the data of a set. In a long page the data may load after the script. */
  async #text(id: string): Promise<string> {
    const document = this.#document;
    if (document.readyState === "loading") {
      await new Promise((resolve) =>
        document.addEventListener("DOMContentLoaded", resolve, { once: true })
      );
    }
    const block = document.getElementById(`set-${id}`);
    if (block === null) throw new Error("the page does not hold this set");
    return block.textContent ?? "";
  }
}

function parsed(text: string): ExportedSet {
  return JSON.parse(text);
}

/** A text that matches a search. */
type Field = readonly [name: SearchHit["field"], text: string];

/** A hit without its excerpt. */
type Hit = Pick<SearchHit, "set" | "name" | "seed"> & {
  readonly fields: readonly Field[];
};

/** The hits of a set, the prompt first. */
function setHits(
  set: string,
  { samples, texts }: ExportedSet,
  terms: readonly SearchTerm[],
): Hit[] {
  const prompt: Field = ["prompt", promptText(samples.prompt)];
  const all: Hit[] = [
    { set, name: null, seed: null, fields: [prompt] },
    ...samples.samples.flatMap(({ name, seed }) => {
      const own = Object.hasOwn(texts, name) ? texts[name] : undefined;
      if (own === undefined) return [];
      const { reasoning, content } = own;
      const fields: Field[] = [
        ["reasoning", reasoning ?? ""],
        ["content", content],
      ];
      return [{ set, name, seed, fields }];
    }),
  ];
  return all.filter(({ fields }) =>
    haveTerms(fields.map(([, text]) => text), terms)
  );
}

function withExcerpt(
  { set, name, seed, fields }: Hit,
  terms: readonly SearchTerm[],
): SearchHit {
  for (const [field, text] of fields) {
    const found = searchExcerpt(text, terms);
    if (found !== null) return { set, name, seed, field, ...found };
  }
  throw new Error("a hit has none of the words");
}
