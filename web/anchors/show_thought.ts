import type { AnchoredSentence } from "../../src/resampling/anchors_report.ts";
import type { PageData } from "../../src/resampling/report/page_data.ts";
import { sentenceGroup } from "../../src/resampling/report/sentence_group.ts";
import { probability } from "../text/p_value.ts";
import { element, part } from "./element.ts";
import { measureNote } from "./measure_note.ts";
import {
  beginning,
  decimal,
  groupText,
  importanceAt,
  importanceText,
  interval,
  type Measure,
  positionName,
} from "./wording.ts";

/** How many characters of a sentence the text shows; the panel shows all of it. */
const LONGEST = 4000;
const TOP = 5;

/** Shows the sentences as one text. Returns the link of each position, including the end if it was sampled. */
export function showThought(data: PageData): HTMLElement[] {
  const links = data.sentences.map(sentenceLink);
  for (const [index, link] of links.entries()) {
    // The space before a sentence is not shaded.
    const [space] = data.sentences[index]!.text.match(/^\s*/)!;
    part("thought").append(space.slice(0, 20), link);
  }
  if (data.cuts.at(-1)?.at === data.sentences.length) {
    const href = `#s${links.length}`;
    const end = element("a", { href, class: "end" }, "after the last sentence");
    part("thought").append(" ", end);
    links.push(end);
  }
  for (const [index, link] of links.entries()) {
    // Not the name in the address, or the browser would scroll there and move the focus.
    link.id = `place-${index}`;
    link.tabIndex = index === 0 ? 0 : -1;
  }
  return links;
}

function sentenceLink({ index, text }: AnchoredSentence): HTMLElement {
  const words = text.trimStart();
  const left = words.length - LONGEST;
  return element(
    "a",
    { href: `#s${index}`, class: "sentence" },
    element("sup", { "aria-hidden": "true" }, String(index)),
    words.slice(0, LONGEST),
    left > 0
      ? element("i", {}, ` … ${left.toLocaleString("en")} more characters`)
      : null,
    element("span", { class: "heard" }),
  );
}

/** Shades the sentences by a measure and lists those with the highest scores. Both include only significant ones. */
export function shadeThought(data: PageData, measure: Measure): void {
  const values = data.sentences.map((_, position) =>
    importanceAt(data, position, measure)
  );
  const known = values.filter((importance) => importance !== null);
  const told = known.filter(({ isSignificant }) => isSignificant);
  const highest = Math.max(...told.map(({ value }) => value), 0);
  const isMissing = known.length < values.length;
  for (const [index, importance] of values.entries()) {
    const link = part(`place-${index}`);
    const isShaded = importance?.isSignificant ?? false;
    const share = isShaded ? importance!.value / highest : 0;
    link.style.setProperty("--shade", share.toFixed(3));
    link.classList.toggle("shaded", isShaded);
    // If all are measured, a mark would say nothing.
    link.classList.toggle("measured", importance !== null && isMissing);
    link.querySelector(".heard")!.textContent = ` (${heardName(data, index)}, ${
      importanceText(data, index, measure)
    })`;
  }
  part("scale").hidden = told.length === 0;
  part("scale-top").textContent = `${decimal(highest)} nats`;
  part("measured").hidden = !isMissing || known.length === 0;
  part("measure-note").textContent = measureNote(data, measure);
  part("top-note").hidden = told.length > 0;
  part("top").replaceChildren(...topSentences(data, measure));
}

/** The name of a position for screen readers, which do not read the number of a sentence. */
function heardName(data: PageData, position: number): string {
  const { first } = sentenceGroup(data.cuts, position);
  return first === position
    ? positionName(data, position)
    : `Sentence ${position}, measured together with sentence ${first}`;
}

function topSentences(data: PageData, measure: Measure): HTMLElement[] {
  return data.sentences
    .flatMap((sentence) => {
      const importance = sentence[measure];
      return importance?.isSignificant ? [{ sentence, importance }] : [];
    })
    .sort((a, b) => a.importance.rank - b.importance.rank)
    .slice(0, TOP)
    .map(({ sentence: { index }, importance }) => {
      const group = sentenceGroup(data.cuts, index);
      return element(
        "li",
        {},
        element(
          "a",
          { href: `#s${index}` },
          element("span", { class: "number" }, group.numbers),
          element("bdi", {}, beginning(groupText(data, group), 90)),
          element(
            "span",
            { class: "value" },
            `${interval(importance)}, ${
              probability(importance.adjustedPValue)
            }`,
          ),
        ),
      );
    });
}
