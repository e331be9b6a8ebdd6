import type {
  PageCut,
  PageData,
} from "../../src/resampling/report/page_data.ts";
import { sentenceGroup } from "../../src/resampling/report/sentence_group.ts";
import { countNoun } from "../../src/util/count_noun.ts";
import { element, part } from "./element.ts";
import {
  answerShares,
  beginning,
  importanceText,
  type Measure,
  percent,
  positionName,
} from "./wording.ts";

/** How many answers the tip lists. */
const MOST_SHARES = 4;

/** Shows the numbers of a position next to a link to it that is hovered or focused. */
export function connectTip(data: PageData, measure: () => Measure): void {
  const tip = part("tip");
  const hide = () => void (tip.hidden = true);
  const show = ({ target }: Event) => {
    const link = target instanceof Element
      ? target.closest("#thought a, .plots a")
      : null;
    const position = link?.getAttribute("href")?.match(/^#s(\d+)$/)?.[1];
    if (link === null || position === undefined) return hide();
    tip.replaceChildren(
      ...link.closest("[data-kept]")
        ? cutLines(data, Number(position))
        : sentenceLines(data, Number(position), measure()),
    );
    tip.hidden = false;
    // A link inside a plot has no box of its own.
    const box = (link.querySelector("rect") ?? link).getClientRects()[0];
    if (box === undefined) return hide();
    const { width, height } = tip.getBoundingClientRect();
    const left = Math.min(box.left, innerWidth - width - 8);
    const above = box.top - height - 6;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${above > 4 ? above : box.bottom + 6}px`;
  };
  for (const type of ["pointerover", "focusin"]) {
    document.addEventListener(type, show);
  }
  document.addEventListener("focusout", hide);
  document.addEventListener("scroll", hide, { passive: true });
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide();
  });
}

/** Describes the sentence or the group at a position. */
function sentenceLines(
  data: PageData,
  position: number,
  measure: Measure,
): HTMLElement[] {
  const { first, last, before } = sentenceGroup(data.cuts, position);
  const name = element("b", {}, positionName(data, position));
  if (position === data.sentences.length) {
    return [name, element("span", {}, answers(before))];
  }
  const without = first === last
    ? "Without this sentence"
    : "Without these sentences";
  return [
    name,
    element(
      "span",
      {},
      capitalized(importanceText(data, position, measure)),
    ),
    element(
      "span",
      {},
      before === undefined ? answers(before) : `${without}, ${answers(before)}`,
    ),
  ];
}

/** Describes the cut after a number of sentences. */
function cutLines({ cuts }: PageData, kept: number): HTMLElement[] {
  return [
    element("b", {}, `${countNoun(kept, "sentence")} kept`),
    element("span", {}, answers(cuts.find(({ at }) => at === kept))),
  ];
}

function answers(cut: PageCut | undefined): string {
  if (cut === undefined) return "The reasoning was not cut here";
  const shares = answerShares(cut).map(([answer, share]) =>
    `${answer === null ? "no answer" : beginning(answer, 24)}:\u00a0${
      percent(share)
    }`
  );
  const rest = shares.length > MOST_SHARES ? ", …" : "";
  return `${countNoun(cut.count, "sample")} – ${
    shares.slice(0, MOST_SHARES).join(", ")
  }${rest}`;
}

function capitalized(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
