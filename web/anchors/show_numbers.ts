import type {
  Estimate,
  Importance,
} from "../../src/resampling/anchors_report.ts";
import type { PageData } from "../../src/resampling/report/page_data.ts";
import { sentenceGroup } from "../../src/resampling/report/sentence_group.ts";
import { pValueText } from "../text/p_value.ts";
import { element, part } from "./element.ts";
import { beginning, decimal, groupText, percent } from "./wording.ts";

/** Lists all numbers in the plots. */
export function showNumbers(data: PageData): void {
  const { sentences, series, cuts } = data;
  const head = element("tr", {});
  for (
    const name of [
      "No.",
      "Sentence",
      "Resampling (nats)",
      "p (Holm)",
      "Rank",
      "Counterfactual (nats)",
      "p (Holm)",
      "Rank",
      "Samples",
      "Right",
      ...series.map((answer) => beginning(answer, 20)),
      "Other",
      "No answer",
    ]
  ) {
    head.append(element("th", { scope: "col" }, name));
  }
  const byPosition = new Map(cuts.map((cut) => [cut.at, cut]));
  const positions = sentences.length +
    (byPosition.has(sentences.length) ? 1 : 0);
  const body = element("tbody");
  for (let position = 0; position < positions;) {
    const group = sentenceGroup(cuts, position);
    const sentence = sentences[position];
    const cut = byPosition.get(position);
    position = group.last + 1;
    const answers = new Map(Object.entries(cut?.answers ?? {}));
    const named = series.map((answer) => answers.get(answer) ?? 0);
    const all = sum([...answers.values()]);
    const shares = [...named, all - sum(named), cut?.unanswered ?? 0];
    const total = all + (cut?.unanswered ?? 0);
    body.append(element(
      "tr",
      {},
      element("th", { scope: "row" }, group.numbers),
      element(
        "td",
        {},
        element(
          "bdi",
          {},
          sentence
            ? beginning(groupText(data, group), 60)
            : "(after the last sentence)",
        ),
      ),
      ...[sentence?.resampling, sentence?.counterfactual].flatMap(tested),
      element("td", {}, cut ? String(cut.count) : "–"),
      estimated(cut?.accuracy, percent),
      ...shares.map((count) =>
        element("td", {}, total > 0 ? percent(count / total) : "–")
      ),
    ));
  }
  const note =
    "Samples and their answers are those of the cut before the sentence. The share of right answers leaves out samples without an answer.";
  part("numbers").append(
    element("p", { class: "note" }, note),
    element(
      "div",
      {
        class: "wide-table",
        role: "region",
        tabindex: "0",
        "aria-label": "The numbers",
      },
      element("table", {}, element("thead", {}, head), body),
    ),
  );
}

function estimated(
  estimate: Estimate | null | undefined,
  text: (value: number) => string,
): HTMLElement {
  if (estimate === null || estimate === undefined) {
    return element("td", {}, "–");
  }
  const { value, low, high } = estimate;
  return element(
    "td",
    {},
    `${text(value)} `,
    element("small", {}, `${text(low)} to ${text(high)}`),
  );
}

function tested(importance: Importance | null | undefined): HTMLElement[] {
  const known = importance ?? null;
  return [
    estimated(known, decimal),
    element(
      "td",
      {},
      known === null ? "–" : pValueText(known.adjustedPValue),
    ),
    element("td", {}, known?.isSignificant ? String(known.rank) : "–"),
  ];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
