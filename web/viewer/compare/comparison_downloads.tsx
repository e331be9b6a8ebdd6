import type { VNode } from "npm:preact@10.29.8";
import { csv, pairRows, setRows } from "./comparison_data.ts";
import type { PairMeasures } from "./pair_measures.ts";
import type { SetMeasures } from "./set_measures.ts";

/** Buttons that save a comparison as files. */
export function ComparisonDownloads(
  { sets, pairs }: {
    readonly sets: readonly SetMeasures[];
    readonly pairs: readonly PairMeasures[];
  },
): VNode {
  const files:
    readonly (readonly [label: string, name: string, () => string])[] = [
      ["Sets as CSV", "sets.csv", () => csv(setRows(sets))],
      ["Pairs as CSV", "pairs.csv", () => csv(pairRows(pairs))],
      ["All as JSON", "comparison.json", () =>
        JSON.stringify(
          { sets: setRows(sets), pairs: pairRows(pairs) },
          null,
          2,
        ) + "\n"],
    ];
  return (
    <p class="downloads">
      {files.map(([label, name, text]) => (
        <button
          type="button"
          key={name}
          onClick={() => save(name, text())}
        >
          {label}
        </button>
      ))}
    </p>
  );
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text]));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
