import type { PageData } from "../../src/resampling/report/page_data.ts";
import { sentenceGroup } from "../../src/resampling/report/sentence_group.ts";
import { part } from "./element.ts";
import { hasPosition, showPanel } from "./show_panel.ts";

const STEPS: Readonly<Record<string, number>> = {
  j: 1,
  ArrowRight: 1,
  k: -1,
  ArrowLeft: -1,
};

/** Browsers limit address changes to a few hundred per half minute, which a held key would exceed. */
const REST_MS = 200;

/** Opens the sentence in the address, and moves between sentences by keyboard. */
export function connectNavigation(
  data: PageData,
  links: readonly HTMLElement[],
): void {
  const panel = part("panel");
  let current = 0;
  let naming: number | undefined;

  addEventListener("hashchange", follow);
  panel.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest(".close")) leave();
  });
  document.addEventListener("focusin", ({ target }) => {
    const position = links.indexOf(target as HTMLElement);
    if (position >= 0) select(position);
  });
  document.addEventListener("keydown", step);
  follow();

  function follow(): void {
    clearTimeout(naming);
    const position = Number(location.hash.match(/^#s(\d{1,9})$/)?.[1] ?? -1);
    if (position >= 0 && hasPosition(data, position)) open(position);
    else close();
  }

  function step(event: KeyboardEvent): void {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    if (key === "Escape") return leave();
    const by = STEPS[key];
    const used = target instanceof Element &&
      target.closest("input, select, .wide-table");
    if (by === undefined || used) return;
    event.preventDefault();
    const begun = !panel.hidden || document.activeElement === links[current];
    const position = begun ? neighbor(by) : current;
    if (links[position] === undefined) return;
    if (panel.hidden) return links[position].focus();
    open(position);
    clearTimeout(naming);
    naming = setTimeout(() => name(`#s${position}`), REST_MS);
  }

  /** The next position in a direction. The panel shows a group as a whole, so it moves to another one. */
  function neighbor(by: number): number {
    if (panel.hidden) return current + by;
    const { first, last } = sentenceGroup(data.cuts, current);
    return by > 0 ? last + 1 : sentenceGroup(data.cuts, first - 1).first;
  }

  function open(position: number): void {
    select(position);
    showPanel(data, position);
    document.body.classList.add("open");
    panel.scrollTop = 0;
    part("panel-title").focus({ preventScroll: true });
    reveal(links[sentenceGroup(data.cuts, position).first]!);
  }

  function select(position: number): void {
    links[current]!.tabIndex = -1;
    links[position]!.tabIndex = 0;
    current = position;
    for (const old of document.querySelectorAll(".current")) {
      old.classList.remove("current");
    }
    const { first, last, before, after } = sentenceGroup(data.cuts, position);
    // The upper plots show the answers at cuts, the others the importance of sentences.
    const inPlots = [
      `[data-measure] a[href="#s${first}"]`,
      ...[before, after].flatMap((cut) =>
        cut ? `[data-kept] a[href="#s${cut.at}"]` : []
      ),
    ];
    for (
      const link of [
        ...links.slice(first, last + 1),
        ...document.querySelectorAll(inPlots.join()),
      ]
    ) {
      link.classList.add("current");
    }
  }

  function close(): void {
    panel.hidden = true;
    panel.replaceChildren();
    document.body.classList.remove("open");
  }

  /** Closes the panel and returns the focus to its sentence. */
  function leave(): void {
    if (panel.hidden) return;
    close();
    clearTimeout(naming);
    name("");
    links[current]!.focus();
  }
}

function name(hash: string): void {
  history.replaceState(null, "", location.pathname + location.search + hash);
}

function reveal(link: HTMLElement): void {
  const { top, bottom } = link.getBoundingClientRect();
  // In a narrow window the panel leaves the upper quarter for the text.
  const narrow = innerWidth < 1000;
  const seen = narrow ? innerHeight / 4 : innerHeight;
  if (top >= 0 && bottom <= seen) return;
  link.scrollIntoView({ block: narrow ? "start" : "center" });
}
