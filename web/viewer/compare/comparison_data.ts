import type { PairedDifference, PairMeasures } from "./pair_measures.ts";
import type { SetMeasures, Spread } from "./set_measures.ts";

/** A row of an export: exact numbers, and `null` for what is not known. */
export type ExportedRow = Readonly<Record<string, string | number | null>>;

/** The measures of sets as rows. */
export function setRows(sets: readonly SetMeasures[]): ExportedRow[] {
  return sets.map(({ side, samples, accuracy, tokens, cost }) => ({
    set: side.letter,
    model: side.set.model,
    path: side.set.path,
    prompt_start: side.set.promptStart,
    parameters: JSON.stringify(side.set.parameters),
    samples,
    truth: side.truth,
    answers: accuracy?.trials ?? null,
    right: accuracy?.hits ?? null,
    accuracy: accuracy?.value ?? null,
    accuracy_wilson95_low: accuracy?.low ?? null,
    accuracy_wilson95_high: accuracy?.high ?? null,
    ...spreadFields("completion_tokens", tokens),
    ...spreadFields("cost_usd", cost),
  }));
}

/** The measures of pairs as rows. */
export function pairRows(pairs: readonly PairMeasures[]): ExportedRow[] {
  return pairs.map(({ first, second, seeds, agreement, ...tests }) => ({
    first: first.letter,
    second: second.letter,
    seeds,
    same_answer: agreement?.hits ?? null,
    both_answered: agreement?.trials ?? null,
    same_answer_share: agreement?.value ?? null,
    same_answer_wilson95_low: agreement?.low ?? null,
    same_answer_wilson95_high: agreement?.high ?? null,
    ...testFields("accuracy", tests.accuracy),
    ...testFields("completion_tokens", tests.tokens),
    ...testFields("cost_usd", tests.cost),
  }));
}

function spreadFields(name: string, spread: Spread | null): ExportedRow {
  return {
    [`${name}_samples`]: spread?.samples ?? 0,
    [`${name}_lower_quartile`]: spread?.low ?? null,
    [`${name}_median`]: spread?.median ?? null,
    [`${name}_upper_quartile`]: spread?.high ?? null,
    [`${name}_total`]: spread?.total ?? null,
  };
}

function testFields(name: string, test: PairedDifference | null): ExportedRow {
  return {
    [`${name}_seeds`]: test?.seeds ?? null,
    [`${name}_mean_difference`]: test?.value ?? null,
    [`${name}_bootstrap95_low`]: test?.low ?? null,
    [`${name}_bootstrap95_high`]: test?.high ?? null,
    [`${name}_permutation_p`]: test?.pValue ?? null,
    [`${name}_permutation_p_holm`]: test?.adjustedPValue ?? null,
  };
}

/** Rows with the same fields as CSV, by RFC 4180. */
export function csv(rows: readonly ExportedRow[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
  return lines.map((cells) => cells.map(cell).join(",") + "\r\n").join("");
}

function cell(value: string | number | null | undefined): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
