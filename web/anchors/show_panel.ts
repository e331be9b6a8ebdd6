import type {
  PageData,
  PageSamples,
} from "../../src/resampling/report/page_data.ts";
import { sentenceGroup } from "../../src/resampling/report/sentence_group.ts";
import { answerTable } from "./answer_table.ts";
import { element, part } from "./element.ts";
import { longText } from "./long_text.ts";
import { sampleItem } from "./sample_item.ts";
import {
  beginning,
  groupText,
  importanceText,
  positionName,
  whole,
} from "./wording.ts";

/** Fills the panel with the numbers of a position, or of its group, and the samples from the cut before it. */
export function showPanel(data: PageData, position: number): void {
  const group = sentenceGroup(data.cuts, position);
  const { first, last, before: cut } = group;
  const isEnd = position === data.sentences.length;
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
      step(
        "Previous sentence",
        "←",
        sentenceGroup(data.cuts, first - 1).first,
        first > 0,
      ),
      step("Next sentence", "→", last + 1, hasPosition(data, last + 1)),
      element("button", { type: "button", class: "close" }, "Close"),
    ),
    element("div", { class: "panel-body" }, ...about(), list),
  );
  panel.hidden = false;
  if (cut === undefined) return;
  whenRead(() => {
    // Another position may have been opened meanwhile.
    if (list.isConnected) list.append(...samples(data, cut.at));
  });

  function about(): (HTMLElement | null)[] {
    const original = element("blockquote", { class: "original" });
    original.append(longText(groupText(data, group).trim(), 1500));
    return [
      isEnd ? null : original,
      first === last ? null : element("p", { class: "note" }, together()),
      isEnd ? null : element(
        "ul",
        { class: "measures" },
        element("li", {}, importanceText(data, position, "resampling")),
        element("li", {}, importanceText(data, position, "counterfactual")),
      ),
      cut === undefined
        ? element(
          "p",
          {},
          "The reasoning was not cut here: there are no samples.",
        )
        : answerTable(data, cut, group),
    ];
  }

  function together(): string {
    return position === first
      ? "Measured together: the reasoning was not cut between these sentences."
      : `Sentence ${position} is measured together with sentence ${first}: the reasoning was not cut between them.`;
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
function readSamples(at: number): PageSamples {
  return JSON.parse(part(`cut-${at}`).textContent!);
}

function whenRead(then: () => void): void {
  if (document.readyState !== "loading") then();
  else document.addEventListener("DOMContentLoaded", then, { once: true });
}

function samples(data: PageData, at: number): HTMLElement[] {
  const all = readSamples(at);
  const items = all.map((sample) => sampleItem(data, at, sample));
  const counts = new Map<string | null, number>();
  for (const { answer } of all) {
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  const answers = [...counts].sort(([, a], [, b]) => b - a);
  const filter = element("select", {});
  filter.append(
    element(
      "option",
      { value: "" },
      `any answer or none (${whole(all.length)})`,
    ),
  );
  for (const [index, [answer, count]] of answers.entries()) {
    const name = answer === null ? "no answer" : beginning(answer, 20);
    filter.append(
      element("option", { value: String(index) }, `${name} (${whole(count)})`),
    );
  }
  const status = element("p", { class: "note", role: "status" });
  const choose = () => {
    const chosen = filter.value === "" ? null : answers[Number(filter.value)]!;
    for (const [index, item] of items.entries()) {
      item.hidden = chosen !== null && all[index]!.answer !== chosen[0];
    }
    status.textContent = `${whole(chosen?.[1] ?? all.length)} of ${
      whole(all.length)
    } shown`;
  };
  filter.addEventListener("change", choose);
  choose();
  return [
    element(
      "div",
      { class: "filter" },
      element("h3", { class: "small" }, "Samples"),
      element("label", {}, "with ", filter),
      status,
    ),
    element("ol", { class: "samples" }, ...items),
  ];
}
