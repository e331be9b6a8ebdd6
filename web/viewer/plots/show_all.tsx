import type { VNode } from "npm:preact@10.29.8";
import { whole } from "../text/numbers.ts";

/** The button that shows the rest of a table's rows; nothing where all are shown. */
export function ShowAll(
  { shown, of, onPress }: {
    /** How many rows are shown. */
    readonly shown: number;
    /** How many there are. */
    readonly of: number;
    readonly onPress: () => void;
  },
): VNode | null {
  if (shown >= of) return null;
  return (
    <button type="button" class="quiet" onClick={onPress}>
      Show all {whole(of)}
    </button>
  );
}
