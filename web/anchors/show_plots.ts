import type { PageData } from "../../src/resampling/report/page_data.ts";
import { element, part } from "./element.ts";
import { showNumbers } from "./show_numbers.ts";
import { beginning, percent } from "./wording.ts";

/** Adds captions to the plots, which were drawn without any text of the model. */
export function showPlots(data: PageData): void {
  const { series, truth, cuts } = data;
  const named = series.map((answer, position) =>
    entry(String(position), answer, answer === truth ? " ✓ right" : "")
  );
  const all = cuts.flatMap(({ answers }) => Object.keys(answers));
  if (all.some((answer) => !series.includes(answer))) {
    named.push(entry("other", "other answers"));
  }
  if (cuts.some(({ unanswered }) => unanswered > 0)) {
    named.push(entry("none", "no answer"));
  }
  part("legend").append(...named);
  part("accuracy").hidden = cuts.every(({ accuracy }) => accuracy === null);
  const level = percent(data.confidence);
  part("accuracy-note").textContent =
    `of samples with an answer, ${level} confidence intervals`;
  for (const note of document.querySelectorAll(".interval-note")) {
    note.textContent = `${level} bootstrap intervals`;
  }
  part("numbers").addEventListener("toggle", () => showNumbers(data), {
    once: true,
  });
}

function entry(color: string, answer: string, note = ""): HTMLElement {
  return element(
    "li",
    {},
    element("i", { class: `swatch a-${color}` }),
    element("bdi", {}, beginning(answer, 40)),
    note,
  );
}
