import type { Bench } from "../bench.ts";
import type { FilledCaches } from "../filled_caches.ts";
import type { CaseLetter, Row } from "../row.ts";
import { cacheWrites } from "./cache_writes.ts";
import { cold } from "./cold.ts";
import { commands } from "./commands.ts";
import { latency } from "./latency.ts";
import { memory } from "./memory.ts";
import { resumed } from "./resumed.ts";
import { sizes } from "./sizes.ts";
import { startUp } from "./start_up.ts";
import { tinyModel } from "./tiny_model.ts";
import { view } from "./view.ts";
import { warm } from "./warm.ts";

/** A case of the benchmark. */
export interface Case {
  /** Its letter in the report. */
  readonly title: string;
  /** Whether it runs only if named with `--case`. */
  readonly isExtra?: boolean;
  /** Measures it. */
  readonly run: (bench: Bench, caches: FilledCaches) => Promise<Row[]>;
}

/** All cases, in the order of the report. (a) and (g) come from the same runs. */
export const CASES: Readonly<Record<CaseLetter, Case>> = {
  a: { title: "Cold, without a cache", run: cold },
  b: { title: "Cold, with cache writes", run: cacheWrites },
  c: { title: "Warm", run: warm },
  d: { title: "Answers that take a second", run: latency },
  e: { title: "A process for one cached sample", run: startUp },
  f: { title: "Memory", run: memory },
  g: { title: "CPU time of (a)", run: cold },
  h: { title: "Sizes of answers", run: sizes },
  i: { title: "A large cache in the viewer", isExtra: true, run: view },
  j: { title: "Commands on a large cache", isExtra: true, run: commands },
  k: { title: "The mock server's model", isExtra: true, run: tinyModel },
  l: { title: "Many prompts, resumed", isExtra: true, run: resumed },
};

/** The cases of a full run. */
export const WHOLE_RUN: readonly CaseLetter[] =
  (Object.keys(CASES) as CaseLetter[]).filter((letter) =>
    !CASES[letter].isExtra
  );
