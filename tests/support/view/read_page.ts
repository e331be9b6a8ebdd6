import type { Page } from "npm:playwright-core@1.65.1";

/** The numbers of a page as a reader sees them. */
export interface PageNumbers {
  /** The values of lists of facts by name. */
  readonly facts: Readonly<Record<string, string>>;
  /** The figures by title. */
  readonly figures: Readonly<Record<string, PageFigure>>;
  /** The cells of the rows of the table of sets. */
  readonly sets: readonly (readonly string[])[];
  /** The cells of the rows of the table of samples, without unusable files. */
  readonly samples: readonly (readonly string[])[];
  /** The cells of the rows of the tables of measures, without their heads. */
  readonly measures: readonly (readonly string[])[];
  /** The numbers of each sample in a list. */
  readonly cards: readonly string[];
  /** Counts next to headings and lists. */
  readonly notes: readonly string[];
}

/** A figure: its note, and the cells of its table, without the heads. */
export interface PageFigure {
  readonly note: string;
  readonly rows: readonly (readonly string[])[];
}

/** Reads the numbers of the page that a browser shows. */
export async function readPage(page: Page): Promise<PageNumbers> {
  return await page.evaluate(`(() => {
    const text = (node) =>
      (node?.textContent ?? "").replaceAll(/\\s+/g, " ").trim();
    const all = (from, what) => [...from.querySelectorAll(what)];
    const cells = (row, what) => all(row, what).map(text);
    return {
      facts: Object.fromEntries(all(document, ".facts > div")
        .map((fact) => [text(fact.querySelector("dt")), text(fact.querySelector("dd"))])),
      figures: Object.fromEntries(all(document, "figure").map((figure) => [
        text(figure.querySelector("h3")),
        {
          note: text(figure.querySelector("figcaption .note")).replace("; log scale", ""),
          rows: all(figure, "tbody tr").map((row) => cells(row, "th, td")),
        },
      ])),
      sets: all(document, ".set-table tbody tr:not(.spacer)").map((row) =>
        [".prompt a", ".samples", ".finish-text", ".tokens", ".cost", ".newest"]
          .map((cell) => text(row.querySelector(cell)))),
      samples: all(document, ".sample-table tbody tr:not(.spacer)").map((row) =>
        cells(row, "th, td:not(.pick)")).filter(([, answer]) => !answer.startsWith("unusable")),
      measures: all(document, ".measure-table tbody tr").map((row) => cells(row, "td")),
      cards: all(document, ".about-numbers").map((card) =>
        cells(card, "span:not(span span)").join(" ")),
      notes: cells(document, ".accuracy, .no-answer, .shown-count, #seeds-title, .steps .note, .hits [role=status], .hit-set .note"),
    };
  })()`);
}
