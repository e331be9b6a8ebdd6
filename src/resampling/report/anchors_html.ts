import type { AnchorsReport } from "../anchors_report.ts";
import page from "./anchors_page.html" with { type: "text" };
import { anchorsPlots } from "./anchors_plots.ts";
import { dataBlock } from "./data_block.ts";
import { answerSeries, pageData } from "./page_data.ts";

/**
 * Renders a report as one HTML file, which needs no network and contains no text of the model as markup.
 *
 * The first call loads the plotting library.
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
