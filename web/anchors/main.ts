/**
 * The script of a report's page.
 *
 * @module
 */

import type { PageData } from "../../src/resampling/report/page_data.ts";
import { connectNavigation } from "./connect_navigation.ts";
import { connectTip } from "./connect_tip.ts";
import { part } from "./element.ts";
import { showHead } from "./show_head.ts";
import { showMethod } from "./show_method.ts";
import { showPlots } from "./show_plots.ts";
import { shadeThought, showThought } from "./show_thought.ts";
import type { Measure } from "./wording.ts";

const data: PageData = JSON.parse(part("data").textContent!);
let measure: Measure = "resampling";

showHead(data);
const links = showThought(data);
showPlots(data);
showMethod(data);
connectMeasure();
connectTip(data, () => measure);
connectNavigation(data, links);

function connectMeasure(): void {
  const field = part("measure");
  const figures = document.querySelectorAll<HTMLElement>(
    "figure[data-measure]",
  );
  const apply = () => {
    shadeThought(data, measure);
    for (const figure of figures) {
      figure.hidden = figure.dataset.measure !== measure ||
        figure.querySelector("svg") === null;
    }
  };
  for (const input of field.querySelectorAll("input")) {
    const name = input.value as Measure;
    input.disabled = data.sentences.every((sentence) =>
      sentence[name] === null
    );
    if (name === "counterfactual" && !data.hasSimilarities) {
      input.parentElement!.append(" (needs embeddings)");
    }
    // A browser may restore a selection after a reload.
    input.checked = name === measure;
    input.addEventListener("change", () => {
      measure = name;
      apply();
    });
  }
  apply();
}
