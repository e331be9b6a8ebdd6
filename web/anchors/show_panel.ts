import type {
  PageData,
  PageSamples,
} from "../../src/resampling/report/page_data.ts";
import { answerTable } from "./answer_table.ts";
import { element, part } from "./element.ts";
import { longText } from "./long_text.ts";
import { sampleItem } from "./sample_item.ts";
import { beginning, importanceText, placeName } from "./wording.ts";

/** Fills the panel with the numbers of a position and the continuations from its cut. */
export function showPanel(data: PageData, place: number): void {
  const sentence = data.sentences[place];
  const cut = data.cuts.find(({ at }) => at === place);
  const kept = data.cuts.find(({ at }) => at === place + 1);
  const list = element("div");
  const panel = part("panel");
  panel.replaceChildren(
    element(
      "div",
      { class: "panel-head" },
      element(
        "h2",
        { id: "panel-title", tabindex: "-1" },
        placeName(data, place),
      ),
      step("Previous sentence", "←", place - 1, place > 0),
      step("Next sentence", "→", place + 1, hasPlace(data, place + 1)),
      element("button", { type: "button", class: "close" }, "Close"),
    ),
    element("div", { class: "panel-body" }, ...about(), list),
  );
  panel.hidden = false;
  if (cut === undefined) return;
  whenRead(() => {
    // Another position may have been opened meanwhile.
    if (list.isConnected) list.append(...samples(data, readSamples(place)));
  });

  function about(): (HTMLElement | null)[] {
    const original = element("blockquote", { class: "original" });
    original.append(longText(sentence?.text.trim() ?? "", 1500));
    return [
      sentence === undefined ? null : original,
      sentence === undefined ? null : element(
        "ul",
        { class: "measures" },
        element("li", {}, importanceText(data, place, "resampling")),
        element("li", {}, importanceText(data, place, "counterfactual")),
      ),
      cut === undefined
        ? element(
          "p",
          {},
          "The thought was not cut here: there are no resamples.",
        )
        : answerTable(data, cut, sentence === undefined ? undefined : kept),
    ];
  }
}

/** Whether a position can be opened. */
export function hasPlace(data: PageData, place: number): boolean {
  const { length } = data.sentences;
  return place < length ||
    (place === length && data.cuts.at(-1)?.at === length);
}

function step(name: string, sign: string, to: number, can: boolean) {
  return can
    ? element("a", { class: "step", href: `#s${to}`, "aria-label": name }, sign)
    : null;
}

/** Reads the samples of a cut. They are the largest part of the file, so each cut is parsed only when it is shown. */
function readSamples(place: number): PageSamples {
  return JSON.parse(part(`cut-${place}`).textContent!);
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
