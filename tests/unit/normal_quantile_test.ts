import { assertAlmostEquals, assertEquals } from "@std/assert";
import { normalQuantile } from "../../src/util/normal_quantile.ts";

Deno.test("normalQuantile() returns the quantiles of tables", () => {
  for (
    const [share, quantile] of [
      [0.5, 0],
      [0.75, 0.6744897502],
      [0.95, 1.6448536270],
      [0.975, 1.9599639845],
      [0.995, 2.5758293035],
      [0.9995, 3.2905267315],
      [0.9999995, 4.8916384757],
    ] as const
  ) assertAlmostEquals(normalQuantile(share), quantile, 1e-8);
  assertEquals(normalQuantile(1), Infinity);
});
