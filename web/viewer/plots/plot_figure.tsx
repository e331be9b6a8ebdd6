import { plot, type PlotOptions } from "npm:@observablehq/plot@0.6.17";
import type { VNode } from "npm:preact@10.29.8";
import { useLayoutEffect, useRef } from "npm:preact@10.29.8/hooks";
import { PLOT_MARGINS } from "./plot_margins.ts";

/** The numbers of a plot as a table. */
export interface PlotTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A plot and its text alternatives. */
export interface PlotFigureProps {
  readonly title: string;
  /** A description of the plot in a sentence or two. */
  readonly description: string;
  /** Draws the plot at a width in pixels. */
  readonly draw: (width: number) => PlotOptions;
  readonly table: PlotTable;
  /** A note next to the title. */
  readonly note?: string;
}

/** A plot that fills the available width, with its numbers in a table below. */
export function PlotFigure(
  { title, description, draw, table, note }: PlotFigureProps,
): VNode {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = place.current!;
    let drawn = 0;
    const update = () => {
      const width = Math.floor(element.clientWidth);
      if (width === drawn || width === 0) return;
      drawn = width;
      element.replaceChildren(drawing(draw(width)));
    };
    update();
    const observer = new ResizeObserver(update);
    observer.observe(element);
    return () => observer.disconnect();
  }, [draw]);
  return (
    <figure class="plot-figure">
      <figcaption>
        <h3>{title}</h3>
        {note !== undefined && <span class="note">{note}</span>}
      </figcaption>
      <div class="plot" role="img" aria-label={description} ref={place} />
      <Numbers title={title} table={table} />
    </figure>
  );
}

/** The numbers of a plot. */
function Numbers(
  { title, table }: { readonly title: string; readonly table: PlotTable },
): VNode {
  const [first = "", ...rest] = table.head;
  return (
    <details class="numbers">
      <summary>
        Numbers<span class="heard">of {title}</span>
      </summary>
      <div
        class="wide-table"
        role="region"
        aria-label={`Numbers of ${title}`}
        tabIndex={0}
        data-scrolls
      >
        <table>
          <thead>
            <tr>
              <th scope="col">{first}</th>
              {rest.map((name) => <th scope="col" key={name}>{name}</th>)}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(([name = "", ...cells], row) => (
              <tr key={row}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                {cells.map((cell, column) => <td key={column}>{cell}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** Returns the SVG of a plot without its style element: the page's policy allows only its own style sheet. */
function drawing(options: PlotOptions): Element {
  const svg = plot({
    height: 184,
    marginLeft: PLOT_MARGINS.left,
    marginRight: PLOT_MARGINS.right,
    marginTop: 24,
    marginBottom: 32,
    ...options,
  });
  svg.querySelector("style")?.remove();
  svg.setAttribute("class", "drawing");
  svg.setAttribute("aria-hidden", "true");
  return svg;
}
