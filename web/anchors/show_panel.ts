import type {
  PageData,
  PageSamples,
} from "../../src/resampling/report/page_data.ts";
import { answerTable } from "./answer_table.ts";
import { element, part } from "./element.ts";
import { longText } from "./long_text.ts";
import { sampleItem } from "./sample_item.ts";
import { beginning, importanceText, positionName } from "./wording.ts";

/** Fills the panel with the numbers of a position and the continuations from its cut. */
export function showPanel(data: PageData, position: number): void {
  const sentence = data.sentences[position];
  const cut = data.cuts.find(({ at }) => at === position);
  const kept = data.cuts.find(({ at }) => at === position + 1);
  const list = element("div");
  const panel = part("panel");
  panel.replaceChildren(
    element(
      "div",
      { class: "panel-head" },
      element(
        "h2",
        { id: "panel-title", tabindex: "-1" },
        positionName(data, position),
      ),
      step("Previous sentence", "←", position - 1, position > 0),
      step("Next sentence", "→", position + 1, hasPosition(data, position + 1)),
      element("button", { type: "button", class: "close" }, "Close"),
    ),
    element("div", { class: "panel-body" }, ...about(), list),
  );
  panel.hidden = false;
  if (cut === undefined) return;
  whenRead(() => {
    // Another position may have been opened meanwhile.
    if (list.isConnected) list.append(...samples(data, readSamples(position)));
  });

  function about(): (HTMLElement | null)[] {
    const original = element("blockquote", { class: "original" });
    original.append(longText(sentence?.text.trim() ?? "", 1500));
    return [
      sentence === undefined ? null : original,
      sentence === undefined ? null : element(
        "ul",
        { class: "measures" },
        element("li", {}, importanceText(data, position, "resampling")),
        element("li", {}, importanceText(data, position, "counterfactual")),
      ),
      cut === undefined
        ? element(
          "p",
          {},
          "The reasoning was not cut here: there are no resamples.",
        )
        : answerTable(data, cut, sentence === undefined ? undefined : kept),
    ];
  }
}

/** Whether a position can be opened. */
export function hasPosition(data: PageData, position: number): boolean {
  const { length } = data.sentences;
  return position < length ||
    (position === length && data.cuts.at(-1)?.at === length);
}

function step(name: string, sign: string, to: number, can: boolean) {
  return can
    ? element("a", { class: "step", href: `#s${to}`, "aria-label": name }, sign)
    : null;
}

/** Reads the samples of a cut. They are the largest part of the file, so each cut is parsed only when it is shown. */
function readSamples(position: number): PageSamples {
  return JSON.parse(part(`cut-${position}`).textContent!);
}

function whenRead(then: () => void): void {
  if (document.readyState !== "loading") then();
  else document.addEventListener("DOMContentLoaded", then, { once: true });
}

function samples(data: PageData, all: PageSamples): HTMLElement[] {
  const items = all.map((sample) => sampleItem(data, sample));
  const counts = new Map<string | null, number>();
  for (const { answer } of all) {
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  const answers = [...counts].sort(([, a], [, b]) => b - a);
  const filter = element("select", {});
  filter.append(
    element("option", { value: "" }, `all answers (${all.length})`),
  );
  for (const [index, [answer, count]] of answers.entries()) {
    const name = answer === null ? "no answer" : beginning(answer, 40);
    filter.append(
      element("option", { value: String(index) }, `${name} (${count})`),
    );
  }
  const status = element("p", { class: "note", role: "status" });
  const choose = () => {
    const chosen = filter.value === "" ? null : answers[Number(filter.value)]!;
    for (const [index, item] of items.entries()) {
      item.hidden = chosen !== null && all[index]!.answer !== chosen[0];
    }
    status.textContent = `${chosen?.[1] ?? all.length} of ${all.length} shown`;
  };
  filter.addEventListener("change", choose);
  choose();
  return [
    element(
      "div",
      { class: "filter" },
      element("h3", { class: "small" }, "Resamples"),
      element("label", {}, "with ", filter),
      status,
    ),
    element("ol", { class: "samples" }, ...items),
  ];
}
