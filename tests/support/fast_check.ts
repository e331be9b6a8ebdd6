import fc from "npm:fast-check@4.10.2";

/** The number of cases that each property test tries. `deno task test:long` sets a higher one. */
export const PROPERTY_RUNS = Number(Deno.env.get("PROPERTY_RUNS") ?? 200);

fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: PROPERTY_RUNS });

export default fc;
