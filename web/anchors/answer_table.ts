import type {
  PageCut,
  PageData,
} from "../../src/resampling/report/page_data.ts";
import type { SentenceGroup } from "../../src/resampling/report/sentence_group.ts";
import { element } from "./element.ts";
import { answerColor, answerShares, beginning, percent } from "./wording.ts";

const ROWS = 6;

/** The distribution of answers without the sentences of a group and with them, side by side. */
export function answerTable(
  data: PageData,
  anew: PageCut,
  { first, last, after: kept }: SentenceGroup<PageCut>,
): HTMLTableElement {
  const keptShares = new Map(kept ? answerShares(kept) : []);
  const shares = new Map(answerShares(anew));
  const answers = [...new Set([...shares.keys(), ...keptShares.keys()])]
    .sort((a, b) => most(b) - most(a));
  const body = element("tbody");
  for (const answer of answers.slice(0, ROWS)) {
    const color = answerColor(data, answer);
    body.append(element(
      "tr",
      {},
      element(
        "th",
        { scope: "row" },
        element("i", { class: `swatch a-${color}` }),
        element(
          "bdi",
          {},
          answer === null ? "no answer" : beginning(answer, 40),
        ),
      ),
      bar(shares.get(answer) ?? 0, color),
      kept ? bar(keptShares.get(answer) ?? 0, color) : null,
    ));
  }
  const hidden = answers.length - ROWS;
  return element(
    "table",
    { class: "answers" },
    hidden > 0
      ? element(
        "caption",
        {},
        `The ${ROWS} most frequent of ${answers.length} outcomes`,
      )
      : null,
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "col" }, "Answer"),
        element("th", { scope: "col" }, "Resampled"),
        kept
          ? element(
            "th",
            { scope: "col" },
            first === last ? "Sentence kept" : "Sentences kept",
          )
          : null,
      ),
    ),
    body,
  );

  function most(answer: string | null): number {
    return Math.max(shares.get(answer) ?? 0, keptShares.get(answer) ?? 0);
  }
}

function bar(share: number, color: string): HTMLElement {
  const length = element("i", { class: `bar a-${color}` });
  length.style.width = `${(100 * share).toFixed(1)}%`;
  return element("td", {}, element("span", {}, length), percent(share));
}
