/**
 * Loads what draws plots, and a document to draw them in. The versions stand here and not in `deno.json`:
 * what that names Deno downloads before any task runs, and these are fifty packages.
 */
export async function loadPlot() {
  const [plot, { parseHTML }] = await Promise.all([
    import("npm:@observablehq/plot@0.6.17"),
    import("npm:linkedom@0.18.12/worker"),
  ]);
  const { document } = parseHTML("<!doctype html><html></html>") as unknown as {
    document: NonNullable<Parameters<typeof plot.plot>[0]>["document"];
  };
  return { plot, document };
}

/** The library of plots. */
export type Plot = Awaited<ReturnType<typeof loadPlot>>["plot"];

/** What is drawn in a plot. */
export type Markish = NonNullable<
  NonNullable<Parameters<Plot["plot"]>[0]>["marks"]
>[number];
