import type { VNode } from "npm:preact@10.29.8";
import type { SampleHead } from "../../../src/viewer/view_data.ts";
import { quantile } from "../plots/quantile.ts";
import { decimal, duration } from "../text/numbers.ts";
import type { Side } from "./side.ts";
import { SideHeads } from "./side_heads.tsx";

interface Measure {
  readonly name: string;
  readonly value: (head: SampleHead) => number | null;
  readonly text: (value: number) => string;
}

const MEASURES: readonly Measure[] = [
  {
    name: "Reasoning tokens",
    value: (head) => head.reasoningTokens,
    text: decimal,
  },
  { name: "Latency", value: (head) => head.latencyMs, text: duration },
];

/** The medians and quartiles on both sides of what the measures of the sets leave out. */
export function SideNumbers(
  { sides }: { readonly sides: readonly [Side, Side] },
): VNode {
  return (
    <figure class="bars side-numbers">
      <figcaption>
        <h3>Median per sample</h3>
        <span class="note">with the lower and upper quartile</span>
      </figcaption>
      <table aria-label="Medians of both">
        <thead>
          <tr>
            <th scope="col">
              <span class="heard">Measure</span>
            </th>
            <SideHeads />
          </tr>
        </thead>
        <tbody>
          {MEASURES.map((measure) => (
            <tr key={measure.name}>
              <th scope="row">{measure.name}</th>
              {sides.map(({ letter, rows }) => (
                <td key={letter}>
                  <Spread
                    measure={measure}
                    heads={rows.map(({ head }) => head)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function Spread(
  { measure: { value, text }, heads }: {
    readonly measure: Measure;
    readonly heads: readonly SampleHead[];
  },
): VNode {
  const values = heads.filter(({ problem }) => problem === null)
    .flatMap((head) => value(head) ?? []);
  const [low, median, high] = [0.25, 0.5, 0.75]
    .map((share) => quantile(values, share));
  if (median == null || low == null || high == null) return <span>–</span>;
  return (
    <span>
      {text(median)} <span class="share">{text(low)} to {text(high)}</span>
    </span>
  );
}
