import {
  compact,
  decimal,
  dollars,
  duration,
  moment,
  percent,
  whole,
  zonedMoment,
} from "../../../web/viewer/text/numbers.ts";
import {
  answerCells,
  comparedAnswers,
  setAnswers,
} from "./expected_answers.ts";
import { costOf, outputOf, totalOf } from "./totals_of.ts";
import { comparedMeasures } from "./expected_comparison.ts";
import { known, plural, quantileOf, sum, tally } from "./plain_statistics.ts";
import type { RandomCache, RandomSample, RandomSet } from "./random_cache.ts";
import type { PageFigure, PageNumbers } from "./read_page.ts";

type Figures = Record<string, PageFigure>;

/** The numbers of the page of all sets. */
export function setsNumbers({ sets }: RandomCache): PageNumbers {
  const samples = sets.flatMap((set) => set.samples);
  const times = samples.map(({ created }) => created).filter((at) => at > 0);
  const unusable = sum(sets.map((set) => set.unusable));
  return {
    facts: {
      Sets: whole(sets.length),
      Samples: whole(samples.length),
      ...unusable > 0 ? { Unusable: whole(unusable) } : {},
      "Output tokens": outputOf(samples),
      "Reasoning tokens": totalOf(
        samples.map(({ reasoning }) => reasoning),
        compact,
      ),
      Cost: costOf(samples),
      "First sample": edge(Math.min, times),
      "Last sample": edge(Math.max, times),
    },
    figures: {
      ...lengthFigure(samples),
      "Finish reasons": {
        note: "",
        rows: countRows(samples.map(({ finish }) => finish ?? "none")),
      },
      ...providerFigure(samples),
    },
    sets: sets.map(setRow),
    samples: [],
    measures: [],
    cards: [],
    notes: [],
  };
}

/** The first or the last of some times. */
function edge(
  pick: (...times: number[]) => number,
  times: readonly number[],
): string {
  return times.length === 0 ? "–" : moment(pick(...times));
}

/** The numbers of the page of a set. */
export function setNumbers(
  set: RandomSet,
  truth: string | null,
): PageNumbers {
  const { samples, unusable } = set;
  const answers = setAnswers(samples, truth);
  const [, , , tokens, cost, newest] = setRow(set);
  return {
    facts: {
      Samples: whole(samples.length),
      ...unusable > 0 ? { Unusable: whole(unusable) } : {},
      "Output tokens": tokens!,
      Cost: cost!,
      "Last sample": newest!,
    },
    figures: {
      ...answers.figures,
      ...lengthFigure(samples),
      ...latencyFigure([samples]),
      ...providerFigure(samples),
    },
    sets: [],
    samples: [],
    measures: [],
    cards: samples.map(card),
    notes: [
      ...answers.notes,
      plural(samples.length, "sample") +
      (unusable === 0 ? "" : ` and ${plural(unusable, "unusable file")}`),
    ],
  };
}

/** The numbers of the table of a set's samples. */
export function tableNumbers(
  set: RandomSet,
  truth: string | null,
): PageNumbers {
  const answers = answerCells(set.samples, truth);
  const said = (value: number | null, text: (value: number) => string) =>
    value === null ? "–" : text(value);
  return {
    ...setNumbers(set, truth),
    cards: [],
    samples: set.samples.map((sample, place) => [
      String(sample.seed),
      ...answers[place]!,
      said(sample.tokens, whole),
      said(sample.cost, dollars),
      sample.provider ?? "–",
      sample.finish ?? "none",
      said(sample.latency, duration),
    ]),
  };
}

/** The numbers of the page that compares two sets. */
export function compareNumbers(
  sets: readonly RandomSet[],
  truth: string | null,
): PageNumbers {
  const both = sets.map(({ samples }) => samples);
  const answers = comparedAnswers(both, truth);
  const spread = (
    value: (sample: RandomSample) => number | null,
    text: (value: number) => string,
  ) =>
    both.map((samples) => {
      const values = samples.map(value);
      const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => {
        const found = quantileOf(values, share);
        return found === null ? null : text(found);
      });
      return middle === null ? "–" : `${middle} ${low} to ${high}`;
    });
  const seeds = new Set(
    sets.flatMap(({ samples, unusable }) => [
      ...samples.map(({ seed }) => seed),
      ...unusable > 0 ? [90, 91] : [],
    ]),
  );
  return {
    facts: {},
    figures: {
      ...answers.figures,
      ...lengthFigure(...both),
      ...latencyFigure(both),
      "Median per sample": {
        note: "with the lower and upper quartile",
        rows: [
          ["Reasoning tokens", ...spread((own) => own.reasoning, decimal)],
          ["Latency", ...spread(({ latency }) => latency, duration)],
        ],
      },
    },
    sets: [],
    samples: [],
    measures: comparedMeasures(both, truth),
    cards: [],
    notes: [...answers.notes, `Samples by seed ${plural(seeds.size, "seed")}`],
  };
}

/** The numbers of the page that compares more than two sets. */
export function measureNumbers(
  sets: readonly RandomSet[],
  truth: string | null,
): PageNumbers {
  const all = sets.map(({ samples }) => samples);
  const { notes } = comparedAnswers(all, truth);
  return {
    facts: {},
    figures: {},
    sets: [],
    samples: [],
    measures: comparedMeasures(all, truth),
    cards: [],
    notes,
  };
}

/** The numbers of the page of a sample. */
export function sampleNumbers(
  { samples, unusable }: RandomSet,
  place: number,
  truth: string | null,
): PageNumbers {
  const sample = samples[place]!;
  const { tokens, reasoning, cost, latency, created } = sample;
  const said = (value: number | null, text: (value: number) => string) =>
    value === null ? "unknown" : text(value);
  return {
    facts: {
      ...truth === null ? {} : { "Right answer": truth },
      "Prompt tokens": "7",
      "Output tokens": said(tokens, whole),
      "Reasoning tokens": said(reasoning, whole),
      Cost: said(cost, dollars),
      Latency: said(latency, duration),
      Created: said(created === 0 ? null : created, zonedMoment),
      Attempts: "1",
    },
    figures: {},
    sets: [],
    samples: [],
    measures: [],
    cards: [card(sample)],
    notes: [`${place + 1} of ${samples.length + unusable}`],
  };
}

/** The numbers of a search for a word without capitals. */
export function searchNumbers(
  { sets }: RandomCache,
  word: string,
): Pick<PageNumbers, "notes"> {
  const has = (text: string) =>
    text.toLowerCase().split(/[^a-z0-9]+/).includes(word);
  const counts = sets.map(({ prompt, samples }) =>
    [prompt, ...samples.map(({ content }) => content)].filter(has).length
  ).filter((count) => count > 0);
  const matches = (count: number) =>
    `${plural(count, "text")} ${count === 1 ? "matches" : "match"}`;
  if (counts.length === 0) return { notes: [`No matches for “${word}”.`] };
  return {
    notes: [
      `${matches(sum(counts))} in ${plural(counts.length, "set")}.`,
      ...counts.map((count) => `qwen/qwq-32b, ${matches(count)}`),
    ],
  };
}

function lengthFigure(...groups: readonly (readonly RandomSample[])[]) {
  return histogram(
    groups.length > 1 ? "Output tokens" : "Output tokens per sample",
    groups.map((samples) => known(samples.map(({ tokens }) => tokens))),
    decimal,
  );
}

function latencyFigure(groups: readonly (readonly RandomSample[])[]) {
  return histogram(
    "Latency",
    groups.map((samples) => known(samples.map(({ latency }) => latency))),
    duration,
  );
}

/** A histogram: only its note, because its bins are checked by `checkBins`. */
function histogram(
  title: string,
  groups: readonly (readonly number[])[],
  text: (value: number) => string,
): Figures {
  if (groups.flat().length === 0) return {};
  const medians = groups.map((values) => {
    const median = quantileOf(values, 0.5);
    return median === null ? "none" : text(median);
  });
  const note = medians.length === 1
    ? medians[0]
    : `A: ${medians[0]}, B: ${medians[1]}`;
  return { [title]: { note: `median ${note}`, rows: [] } };
}

function providerFigure(samples: readonly RandomSample[]): Figures {
  const name = ({ provider }: RandomSample) => provider ?? "unknown";
  const rows = countRows(samples.map(name)).map(([provider, count]) => {
    const own = samples.filter((sample) => name(sample) === provider);
    const median = quantileOf(own.map(({ latency }) => latency), 0.5);
    return [
      provider!,
      count!,
      costOf(own),
      median === null ? "–" : duration(median),
    ];
  });
  return { Providers: { note: "median latency", rows } };
}

function countRows(names: readonly string[]): string[][] {
  return tally(names).map(([name, count]) => [
    name,
    `${whole(count)} ${percent(count / names.length)}`,
  ]);
}

function setRow({ prompt, samples }: RandomSet): string[] {
  const reasons = samples.map(({ finish }) => finish ?? "none");
  const counts = tally(reasons).map(([, count]) => count);
  const most = Math.max(...counts);
  const newest = Math.max(...samples.map(({ created }) => created));
  return [
    prompt,
    whole(samples.length),
    counts.length === 1 ? reasons[0]! : percent(most / reasons.length),
    outputOf(samples),
    costOf(samples),
    newest === 0 ? "–" : moment(newest),
  ];
}

function card(sample: RandomSample): string {
  const { tokens, reasoning, cost, latency, provider } = sample;
  return known([
    (tokens === null ? "tokens unknown" : plural(tokens, "token")) +
    (reasoning === null ? "" : ` (${whole(reasoning)} reasoning)`),
    cost === null ? null : dollars(cost),
    latency === null ? null : duration(latency),
    provider,
  ]).join(" ");
}
