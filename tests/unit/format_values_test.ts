import { assertEquals } from "@std/assert";
import { formatBytes } from "../../src/cli/output/format_values.ts";

Deno.test("formatBytes() uses the largest unit of which there is at least one", () => {
  for (
    const [bytes, text] of [
      [0, "0 B"],
      [999, "999 B"],
      [1000, "1.0 kB"],
      [51_234, "51.2 kB"],
      [1_500_000, "1.5 MB"],
      [12_345_678_901, "12.3 GB"],
      [5e15, "5000.0 TB"],
    ] as const
  ) assertEquals(formatBytes(bytes), text);
});
