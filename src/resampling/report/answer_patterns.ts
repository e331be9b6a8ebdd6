/** The stripes in the bars of each answer except the first, which is the right one if that is known. */
const STRIPES: Readonly<Record<string, string>> = {
  1: "M-1,1l2,-2M0,6l6,-6M5,7l2,-2",
  2: "M0,3h6",
  3: "M-1,5l2,2M0,0l6,6M5,-1l2,2",
  4: "M0,6l6,-6M0,0l6,6",
  other: "M3,0v6",
};

/** Patterns that tell answers apart without colors, as in the pages' `answers.css`. */
export interface AnswerPatterns {
  /** The markup of the patterns. */
  readonly defs: string;
  /** Returns what fills the bars of an answer over their color, or `null` for none. */
  fill(answer: string): string | null;
}

/** Returns the patterns of a plot, whose name makes their IDs unique in the page. */
export function answerPatterns(plot: string): AnswerPatterns {
  const patterns = Object.entries(STRIPES).map(([answer, path]) =>
    `<pattern id="${plot}-${answer}" width="6" height="6" patternUnits="userSpaceOnUse">` +
    `<path d="${path}" fill="none" stroke="var(--stripe)" stroke-width="1.8"/></pattern>`
  );
  return {
    defs: `<defs>${patterns.join("")}</defs>`,
    fill: (answer) =>
      Object.hasOwn(STRIPES, answer) ? `url(#${plot}-${answer})` : null,
  };
}
