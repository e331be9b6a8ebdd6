import type { CliOutput } from "../output/cli_output.ts";
import type { DataItem } from "./data_item.ts";
import { slipOf } from "./option_of_field.ts";

/** Warns once about each field of a data set that looks like a misspelled option. */
export class FieldSlips {
  readonly #seen = new Set<string>();
  readonly #output: CliOutput;

  /** Reports to an output. */
  constructor(output: CliOutput) {
    this.#output = output;
  }

  /** Checks the fields of a prompt that set no option. */
  report({ place, carried }: DataItem): void {
    for (const field of carried.keys()) {
      if (this.#seen.has(field)) continue;
      this.#seen.add(field);
      const slip = slipOf(field);
      if (slip === null) continue;
      this.#output.log(
        `${place}: ${slip} The field is copied to the output.`,
      );
    }
  }
}
