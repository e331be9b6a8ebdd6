import { plot, type PlotOptions } from "npm:@observablehq/plot@0.6.17";
import type { VNode } from "npm:preact@10.29.8";
import { useLayoutEffect, useRef } from "npm:preact@10.29.8/hooks";

/** What a plot shows, in numbers. */
export interface PlotTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A plot, and what tells of it those who do not see it. */
export interface PlotFigureProps {
  readonly title: string;
  /** What the plot shows, in a sentence or two. */
  readonly description: string;
  /** Draws it at a width in pixels. */
  readonly draw: (width: number) => PlotOptions;
  readonly table: PlotTable;
  /** What stands beside the title. */
  readonly note?: string;
}

/** A plot that is as wide as its place, with its numbers as a table below. */
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

/** The SVG of a plot without its style element: the page's policy allows the styles of its own sheet alone. */
function drawing(options: PlotOptions): Element {
  const svg = plot({
    marginLeft: 40,
    marginRight: 10,
    marginTop: 10,
    marginBottom: 32,
    ...options,
  });
  svg.querySelector("style")?.remove();
  svg.setAttribute("class", "drawing");
  svg.setAttribute("aria-hidden", "true");
  return svg;
}
