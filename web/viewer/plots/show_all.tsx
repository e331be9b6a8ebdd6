import type { VNode } from "npm:preact@10.29.8";
import { whole } from "../text/numbers.ts";

/** The button that shows the remaining rows of a table, if there are any. */
export function ShowAll(
  { shown, of, onPress }: {
    /** The number of visible rows. */
    readonly shown: number;
    /** The number of rows. */
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
