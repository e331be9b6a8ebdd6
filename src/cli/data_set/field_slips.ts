import type { DataItem } from "./data_item.ts";
import { slipOf } from "./option_of_field.ts";
import { escapeControlChars } from "../../util/escape_control_chars.ts";

/** Tells on stderr of fields of a data set that look as if they were meant as options, of each once. */
export class FieldSlips {
  readonly #seen = new Set<string>();

  /** Looks at the fields of a prompt that are carried along. */
  tell({ place, carried }: DataItem): void {
    for (const field of Object.keys(carried)) {
      if (this.#seen.has(field)) continue;
      this.#seen.add(field);
      const slip = slipOf(field);
      if (slip === null) continue;
      console.error(
        `rollouts: ${place}: ${
          escapeControlChars(slip)
        }, and is taken for a field of the data set's own`,
      );
    }
  }
}
