import { optionsOfBody } from "../../../src/options/options_of_body.ts";
import { findTerms, haveTerms } from "../../../src/viewer/find_terms.ts";
import { emptySummary } from "../../../src/viewer/mutable_summary.ts";
import { parseQuery } from "../../../src/viewer/parse_query.ts";
import { systemText } from "../../../src/viewer/prompt_text.ts";
import { addSample } from "../../../src/viewer/sample_set.ts";
import { searchExcerpt } from "../../../src/viewer/search_excerpt.ts";
import type {
  AnswersByRule,
  LiveState,
  ReadingProgress,
  SampleHead,
  SampleOptions,
  SampleSet,
  SampleTexts,
  SearchHit,
  SearchOptions,
  SearchResults,
  SetChanges,
  SetSamples,
  SetSummary,
  ViewSource,
} from "../../../src/viewer/view_data.ts";
import type { Prompt } from "../../../mod.ts";

/** A sample of a view in memory. */
export interface MemorySample {
  readonly head: SampleHead;
  readonly texts: SampleTexts;
  readonly answer: string | null;
}

/** A set of a view in memory. */
export interface MemorySet {
  readonly id: string;
  readonly model: string;
  readonly prompt: Prompt;
  readonly prefill: string | null;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly truth: string | null;
  readonly samples: readonly MemorySample[];
}

/** A view in memory, for tests of the page and for pictures. */
export class MemoryView implements ViewSource {
  readonly cacheDir: string;
  /** The progress of reading the samples. */
  reading: ReadingProgress | null = null;
  /** What samples into the cache. */
  live: LiveState | null = null;
  /** The number of requests for the texts of a sample. */
  textsAsked = 0;
  readonly #sets = new Map<string, MemorySet>();
  readonly #generations = new Map<string, number>();
  #generation = 0;

  constructor(sets: readonly MemorySet[], cacheDir = "/data/runs/rollouts") {
    this.cacheDir = cacheDir;
    for (const set of sets) this.put(set);
  }

  /** Adds or replaces a set. */
  put(set: MemorySet): void {
    this.#sets.set(set.id, set);
    this.#generations.set(set.id, ++this.#generation);
  }

  /** The current sets. */
  all(): readonly MemorySet[] {
    return [...this.#sets.values()];
  }

  sets(since: number): Promise<SetChanges> {
    return Promise.resolve({
      cacheDirs: [this.cacheDir],
      generation: this.#generation,
      changed: this.all()
        .filter(({ id }) => this.#generations.get(id)! > since)
        .map(sampleSet),
      removed: [],
      reading: this.reading,
      live: this.live,
      answerRules: ["boxed", "number", "choice"],
      givenRule: null,
      leftOut: null,
    });
  }

  samples(id: string): Promise<SetSamples> {
    const { model, parameters, prompt, prefill, samples } = this.#set(id);
    const call = { model, ...optionsOfBody(parameters) };
    const heads = samples.map(({ head }) => head);
    return Promise.resolve({ prompt, prefill, call, samples: heads });
  }

  sample(
    id: string,
    name: string,
    { withLogprobs = false }: SampleOptions = {},
  ): Promise<SampleTexts> {
    this.textsAsked++;
    const found = this.#set(id).samples.find(({ head }) => head.name === name);
    if (found === undefined) throw new Error(`there is no sample ${name}`);
    const { logprobs } = found.texts;
    return Promise.resolve({
      ...found.texts,
      hasLogprobs: logprobs !== null,
      logprobs: withLogprobs ? logprobs : null,
    });
  }

  answers(ids: readonly string[]): Promise<AnswersByRule[]> {
    return Promise.resolve(ids.map((id) => {
      const { samples, truth } = this.#set(id);
      const answers = Object.fromEntries(
        samples.map(({ head, answer }) => [head.name, answer]),
      );
      const boxed = { answers, truth };
      return { boxed, number: boxed, choice: boxed };
    }));
  }

  search(
    query: string,
    { set, limit }: SearchOptions,
  ): Promise<SearchResults> {
    const terms = parseQuery(query);
    const hits: SearchHit[] = [];
    const sets: Record<string, number> = {};
    for (const { id, prompt, samples } of this.all()) {
      if (set !== null && id !== set) continue;
      const asked = text(prompt);
      if (haveTerms([asked], terms)) {
        sets[id] = 1;
        const found = searchExcerpt(asked, terms)!;
        hits.push({
          set: id,
          name: null,
          seed: null,
          field: "prompt",
          ...found,
        });
      }
      for (const { head: { name, seed }, texts } of samples) {
        const { reasoning, content } = texts;
        if (!haveTerms([reasoning ?? "", content], terms)) continue;
        sets[id] = (sets[id] ?? 0) + 1;
        const inReasoning = [...findTerms(reasoning ?? "", terms)].length > 0;
        const field = inReasoning ? "reasoning" : "content";
        const found = searchExcerpt(texts[field]!, terms)!;
        hits.push({ set: id, name, seed, field, ...found });
      }
    }
    const total = hits.length;
    const { reading } = this;
    return Promise.resolve({
      total,
      hits: hits.slice(0, limit),
      sets,
      reading,
    });
  }

  #set(id: string): MemorySet {
    const found = this.#sets.get(id);
    if (found === undefined) throw new Error(`there is no set ${id}`);
    return found;
  }
}

function text(prompt: Prompt): string {
  return typeof prompt === "string"
    ? prompt
    : prompt.map(({ content }) => content).join("\n\n");
}

function sampleSet(set: MemorySet): SampleSet {
  const said = typeof set.prompt === "string"
    ? set.prompt
    : text(set.prompt.filter(({ role }) => role !== "system"));
  const asked = said.split("<think>")[0]!.trim();
  return {
    id: set.id,
    model: set.model,
    promptStart: asked.slice(0, 300),
    systemStart: systemText(set.prompt)?.slice(0, 300) ?? null,
    promptLength: text(set.prompt).length,
    prefillStart: set.prefill?.slice(0, 300) ?? null,
    parameters: set.parameters,
    path: `${set.model.replace("/", "-")}/t0.7_p0.95_tok4096/${set.id}`,
    summary: summary(set.samples),
  };
}

function summary(samples: readonly MemorySample[]): SetSummary {
  const sum = emptySummary(samples.length);
  for (const { head } of samples) addSample(sum, head);
  return sum;
}
