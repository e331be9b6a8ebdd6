import type { AnchorsReport } from "../anchors_report.ts";
import page from "./anchors_page.html" with { type: "text" };
import { anchorsPlots } from "./anchors_plots.ts";
import { answerSeries } from "./answer_series.ts";
import { dataBlock } from "./data_block.ts";
import { pageData } from "./page_data.ts";

/**
 * A page of HTML that shows what resampling a chain of thought has shown: one file that needs no
 * network, and has no text of the model as markup.
 *
 * The plots are drawn by a library that is loaded by the first call.
 */
export async function anchorsHtml(report: AnchorsReport): Promise<string> {
  const series = answerSeries(report);
  const slots: Readonly<Record<string, string>> = {
    ...await anchorsPlots(report, series),
    data: dataBlock("data", pageData(report, series)),
    samples: report.cuts
      .map(({ at, samples }) => dataBlock(`cut-${Number(at)}`, samples))
      .join("\n"),
  };
  return page.replaceAll(
    /<!-- (\w+) -->/g,
    (comment, name) => slots[name] ?? comment,
  );
}
