import type { PageData } from "../../src/resampling/report/page_data.ts";
import { sentenceGroup } from "../../src/resampling/report/sentence_group.ts";
import type { Measure } from "./wording.ts";

/** Describes which sentences are measured together, and which are not measured or not shaded. */
export function measureNote(data: PageData, measure: Measure): string {
  const all = data.sentences.map((sentence, position) => {
    const group = sentenceGroup(data.cuts, position);
    return { ...group, isFirst: group.first === position, sentence };
  });
  const between = all.filter(({ after }) => after !== undefined);
  const values = between.filter(({ isFirst }) => isFirst)
    .map(({ first, last, sentence }) => ({
      size: last - first + 1,
      importance: sentence[measure],
    }));
  const known = values.flatMap(({ importance }) => importance ?? []);
  const empty = values.filter(({ importance }) => importance === null)
    .reduce((sum, { size }) => sum + size, 0);
  const notes: [number, number, string][] = [
    [
      between.filter(({ isFirst }) => !isFirst).length,
      all.length,
      "sentences were measured together with the one before: the reasoning was not cut between them.",
    ],
    [
      all.length - between.length,
      all.length,
      "sentences were not measured: there is no cut before or after them.",
    ],
    [
      empty,
      all.length,
      measure === "resampling"
        ? "sentences were not measured: no sample before or after them has an answer."
        : "sentences were not measured: too few samples replace them with another meaning.",
    ],
    [
      known.filter(({ isSignificant }) => !isSignificant).length,
      known.length,
      "values are not shaded: they are not significant.",
    ],
  ];
  return notes.filter(([count]) => count > 0)
    .map(([count, of, text]) => `${count} of ${of} ${text}`)
    .join(" ");
}
