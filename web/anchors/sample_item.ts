import type { CutSample } from "../../src/resampling/anchors_report.ts";
import type { PageData } from "../../src/resampling/report/page_data.ts";
import { element } from "./element.ts";
import { longText } from "./long_text.ts";
import { answerColor, beginning } from "./wording.ts";

/** A sample from a cut: its answer and first sentence, and its full text on demand. */
export function sampleItem(
  data: PageData,
  at: number,
  sample: CutSample,
): HTMLLIElement {
  const { answer, similarity, seed, sentence } = sample;
  const whole = element("details", {}, element("summary", {}, "Whole text"));
  whole.addEventListener("toggle", () => {
    whole.append(
      element("h4", {}, "Reasoning"),
      sample.reasoning === null
        ? element("p", { class: "note" }, "The model shows none.")
        : text(sample.reasoning, 20_000),
      element("h4", {}, "Answer"),
      text(sample.content, 20_000),
    );
  }, { once: true });
  return element(
    "li",
    {},
    element(
      "p",
      { class: "about" },
      element("i", { class: `swatch a-${answerColor(data, answer)}` }),
      element(
        "b",
        {},
        answer === null
          ? "no answer"
          : element("bdi", {}, beginning(answer, 60)),
      ),
      answer !== null && answer === data.truth
        ? element("span", { class: "met" }, "✓ right")
        : null,
      similarity === null ? null : element(
        "span",
        {},
        `similarity to sentence ${at}: ${similarity.toFixed(3)}`,
      ),
      element("span", {}, `seed ${seed}`),
    ),
    sentence.trim() === ""
      ? element("p", { class: "note" }, "The reasoning ended here.")
      : text(sentence, 1500),
    whole,
  );
}

function text(value: string, first: number): HTMLElement {
  const block = element("div", { class: "block" });
  block.append(longText(value.trim(), first));
  return block;
}
