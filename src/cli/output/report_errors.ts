import type { RolloutsError } from "../../../mod.ts";
import { withFlagNames } from "../flags/with_flag_names.ts";
import type { CliOutput } from "./cli_output.ts";

/** Logs why samples failed: each reason once, with all its seeds. */
export function reportErrors(
  errors: ReadonlyMap<number, RolloutsError>,
  output: CliOutput,
  place?: string,
): void {
  const byReason = new Map<string, number[]>();
  for (const [seed, { message }] of errors) {
    const reason = message.replace(`seed ${seed}: `, "")
      .replace(`seed ${seed} `, "it ");
    byReason.set(reason, [...byReason.get(reason) ?? [], seed]);
  }
  const where = place === undefined ? "" : `${place}: `;
  for (const [reason, seeds] of byReason) {
    output.log(`${where}${shownSeeds(seeds)}: ${withFlagNames(reason)}`);
  }
}

/** Formats seeds as `seed 3`, or `40 seeds (0, 1, 2, …)`. */
export function shownSeeds(seeds: readonly number[]): string {
  const [first] = seeds;
  if (seeds.length === 1) return `seed ${first}`;
  const more = seeds.length > 3 ? ", …" : "";
  return `${seeds.length} seeds (${seeds.slice(0, 3).join(", ")}${more})`;
}
