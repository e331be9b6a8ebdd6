import type { DataItem } from "./data_item.ts";
import { slipOf } from "./option_of_field.ts";
import { escapeControlChars } from "../../util/escape_control_chars.ts";

/** Warns on stderr of fields of a data set that look like misspelled options, once for each. */
export class FieldSlips {
  readonly #seen = new Set<string>();

  /** Checks the fields of a prompt that set no option. */
  tell({ place, carried }: DataItem): void {
    for (const field of Object.keys(carried)) {
      if (this.#seen.has(field)) continue;
      this.#seen.add(field);
      const slip = slipOf(field);
      if (slip === null) continue;
      console.error(
        `rollouts: ${place}: ${
          escapeControlChars(slip)
        } The field is copied to the output.`,
      );
    }
  }
}
