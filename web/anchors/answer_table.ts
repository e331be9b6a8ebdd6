import type {
  PageCut,
  PageData,
} from "../../src/resampling/report/page_data.ts";
import { element } from "./element.ts";
import { answerColour, answerShares, beginning, percent } from "./wording.ts";

const ROWS = 6;

/** What the model answers where a sentence is written anew, beside where it is kept. */
export function answerTable(
  data: PageData,
  anew: PageCut,
  kept: PageCut | undefined,
): HTMLTableElement {
  const keptShares = new Map(kept ? answerShares(kept) : []);
  const shares = new Map(answerShares(anew));
  const answers = [...new Set([...shares.keys(), ...keptShares.keys()])]
    .sort((a, b) => most(b) - most(a));
  const body = element("tbody");
  for (const answer of answers.slice(0, ROWS)) {
    const colour = answerColour(data, answer);
    body.append(element(
      "tr",
      {},
      element(
        "th",
        { scope: "row" },
        element("i", { class: `swatch a-${colour}` }),
        element(
          "bdi",
          {},
          answer === null ? "no answer" : beginning(answer, 40),
        ),
      ),
      bar(shares.get(answer) ?? 0, colour),
      kept ? bar(keptShares.get(answer) ?? 0, colour) : null,
    ));
  }
  const hidden = answers.length - ROWS;
  return element(
    "table",
    { class: "answers" },
    hidden > 0
      ? element("caption", {}, `The ${ROWS} most frequent of ${answers.length}`)
      : null,
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "col" }, "Answer"),
        element("th", { scope: "col" }, "Written anew"),
        kept ? element("th", { scope: "col" }, "Kept") : null,
      ),
    ),
    body,
  );

  function most(answer: string | null): number {
    return Math.max(shares.get(answer) ?? 0, keptShares.get(answer) ?? 0);
  }
}

function bar(share: number, colour: string): HTMLElement {
  const length = element("i", { class: `bar a-${colour}` });
  length.style.width = `${(100 * share).toFixed(1)}%`;
  return element("td", {}, element("span", {}, length), percent(share));
}
