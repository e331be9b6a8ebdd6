import {
  type DisplayBundle,
  displayBundle,
  shownCost,
} from "../display_bundle.ts";
import type { AnchorsReport } from "./anchors_report.ts";

/** How many sentences are shown. */
const MAX_SENTENCES = 20;

/** Returns the content that a notebook shows for a report: the sentences, the most important ones first. */
export function displayAnchors(
  { sentences, cuts, usage, answer, truth, model }: AnchorsReport,
): DisplayBundle {
  const measured = sentences.flatMap(({ index, text, resampling }) =>
    resampling === null ? [] : [{ index, text, ...resampling }]
  ).sort((a, b) => a.rank - b.rank);
  const shown = measured.slice(0, MAX_SENTENCES);
  const significant = measured.filter(({ isSignificant }) => isSignificant);
  return displayBundle({
    caption: [
      model,
      `${significant.length} of ${sentences.length} sentences are significant`,
      `${usage.samples} continuations of ${cuts.length} cuts`,
      `answer ${answer ?? "unknown"}${
        truth === null ? "" : ` (correct: ${truth})`
      }`,
      shownCost(usage.costUsd),
    ].join(" · "),
    head: ["Sentence", "Text", "Importance", "Interval", "p"],
    rows: shown.map(({ index, text, value, low, high, adjustedPValue }) => [
      String(index),
      text.trim(),
      value.toFixed(2),
      `${low.toFixed(2)} to ${high.toFixed(2)}`,
      adjustedPValue.toFixed(4),
    ]),
  });
}
