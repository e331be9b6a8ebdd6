import type { PageData } from "../../src/resampling/report/page_data.ts";
import { element, part } from "./element.ts";
import {
  answerShares,
  beginning,
  importanceText,
  type Measure,
  percent,
  positionName,
} from "./wording.ts";

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
    tip.replaceChildren(...lines(data, Number(position), measure()));
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

function lines(
  data: PageData,
  position: number,
  measure: Measure,
): HTMLElement[] {
  const cut = data.cuts.find(({ at }) => at === position);
  const shares = cut ? answerShares(cut).slice(0, 4) : [];
  return [
    element("b", {}, positionName(data, position)),
    element(
      "span",
      {},
      position < data.sentences.length
        ? importanceText(data, position, measure)
        : "",
    ),
    element(
      "span",
      {},
      cut === undefined ? "not cut here" : `${cut.count} samples: ` +
        shares.map(([answer, share]) =>
          `${answer === null ? "no answer" : beginning(answer, 24)} ${
            percent(share)
          }`
        ).join(", "),
    ),
  ];
}
