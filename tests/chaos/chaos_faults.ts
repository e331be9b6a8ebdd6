import type { ChaosFigures } from "./run_chaos.ts";

/** Returns the violations of the guarantees in a chaos run; empty if there are none. */
export function chaosFaults(figures: ChaosFigures): string[] {
  const { wanted, files, wrong, answered, inFlightAtKills } = figures;
  const { mostStartsPerMinute, requestsPerMinute } = figures;
  const faults = [];
  if (files !== wanted) faults.push(`${files} files for ${wanted} samples`);
  if (wrong > 0) faults.push(`${wrong} samples are missing or wrong`);
  if (answered - wanted > inFlightAtKills) {
    faults.push(
      `${
        answered - wanted
      } answers were paid again, ${inFlightAtKills} were in flight at kills`,
    );
  }
  if (mostStartsPerMinute > requestsPerMinute) {
    faults.push(
      `${mostStartsPerMinute} starts in 60 s, ${requestsPerMinute} are allowed`,
    );
  }
  return faults;
}
