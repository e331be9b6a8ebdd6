import { percent } from "../../../web/viewer/text/numbers.ts";
import { tally } from "./plain_statistics.ts";
import type { RandomSample } from "./random_cache.ts";
import type { PageFigure, PageNumbers } from "./read_page.ts";

/** What a page says of the answers of samples. */
export interface ExpectedAnswers extends Pick<PageNumbers, "notes"> {
  readonly figures: Readonly<Record<string, PageFigure>>;
}

/** The answers of a set's page, and how many are right. */
export function setAnswers(
  samples: readonly RandomSample[],
  truth: string | null,
): ExpectedAnswers {
  const answers = answersOf([samples])[0]!;
  const found = answers.filter((answer) => answer !== null);
  const different = new Set(found).size;
  const hits = found.filter((answer) => answer === truth).length;
  const interval = wilson(hits, found.length);
  return {
    figures: {
      Answers: {
        note: `${different} different`,
        rows: [
          ...tally(answers.map((answer) => answer ?? "no answer")),
          ...truth === null || found.includes(truth)
            ? []
            : [[truth, 0] as const],
        ].map(([answer, count]) => [
          answer,
          `${count} ${percent(count / answers.length)}`,
          answer === "no answer"
            ? ""
            : answer === truth
            ? "✓ right"
            : "mark as right",
        ]),
      },
    },
    notes: [
      ...missing(samples.length - found.length, samples.length),
      ...truth === null ? [] : [
        (found.length === 0
          ? ""
          : `${percent(hits / found.length)} of answers right (${hits} of ` +
            `${found.length}; 95% interval ${interval}, Wilson) `) +
        `Right answer: ${truth}`,
      ],
    ],
  };
}

/** Each sample's answer, and whether it is right, as a table of samples shows them. */
export function answerCells(
  samples: readonly RandomSample[],
  truth: string | null,
): [answer: string, right: string][] {
  return answersOf([samples])[0]!.map((answer) => [
    answer ?? "no answer",
    answer === null || truth === null
      ? "–"
      : answer === truth
      ? "✓ right"
      : "✗ wrong",
  ]);
}

/** The answers of two sets' page, and how many are right. */
export function comparedAnswers(
  sets: readonly (readonly RandomSample[])[],
  truth: string | null,
): ExpectedAnswers {
  const both = answersOf(sets);
  const names = new Set(both.flat());
  const rows = [...names].map((name) => [
    `${name ?? "no answer"}${name !== null && name === truth ? "✓ right" : ""}`,
    ...both.map((answers) => {
      const count = answers.filter((answer) => answer === name).length;
      return `${count} ${percent(count / answers.length)}`;
    }),
  ]);
  const accuracies = both.flatMap((answers, side) => {
    const found = answers.filter((answer) => answer !== null);
    if (truth === null || found.length === 0) return [];
    const hits = found.filter((answer) => answer === truth).length;
    const share = percent(hits / found.length);
    const interval = wilson(hits, found.length);
    return [{
      note: `${"AB"[side]} ${share} (95% interval ${interval})`,
      row: ["AB"[side]!, `${hits}`, `${found.length}`, share, interval],
    }];
  });
  const all = both.flat();
  return {
    figures: {
      Answers: { note: "samples, and their share", rows },
      ...accuracies.length === 0 ? {} : {
        "Right, of answers found": {
          note: accuracies.map(({ note }) => note).join(", "),
          rows: accuracies.map(({ row }) => row),
        },
      },
    },
    notes: missing(all.filter((answer) => answer === null).length, all.length),
  };
}

/** The answers that the page finds in the texts of `random_cache.ts`. */
export function answersOf(
  sets: readonly (readonly RandomSample[])[],
): (string | null)[][] {
  const by = (pattern: RegExp) =>
    sets.map((samples) =>
      samples.map(({ content }) => pattern.exec(content)?.[1] ?? null)
    );
  const boxed = by(/boxed\{(\d)/);
  const isFound = (answer: string | null) => answer !== null;
  const number = by(/(\d)\D*$/);
  const count = boxed.flat().filter(isFound).length;
  const isMost = 2 * count > boxed.flat().length;
  const isBest = count === number.flat().filter(isFound).length;
  return isMost || isBest ? boxed : number;
}

function missing(count: number, all: number): string[] {
  return count === 0
    ? []
    : [`No answer found in ${count} of ${all} sample${all === 1 ? "" : "s"}`];
}

/** Wilson's interval by bisection: its ends are 1.96 deviations, of their own, away from the share. */
export function wilson(hits: number, trials: number): string {
  const share = hits / trials;
  const isInside = (end: number) =>
    Math.abs(share - end) <=
      1.959964 * Math.sqrt(end * (1 - end) / trials) + 1e-12;
  const end = (outer: number) => {
    let [inside, outside] = [share, outer];
    if (isInside(outer)) return outer;
    for (let step = 0; step < 60; step++) {
      const middle = (inside + outside) / 2;
      if (isInside(middle)) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  return `${percent(end(0))} to ${percent(end(1))}`;
}
