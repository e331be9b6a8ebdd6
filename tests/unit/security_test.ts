import { assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { withOptionTable } from "../../scripts/update_security.ts";
import { OPTIONS } from "../../src/options/all_options.ts";
import { ROOT } from "../support/run_script.ts";

Deno.test("SECURITY.md has the table of options that scripts/update_security.ts writes", () => {
  const text = Deno.readTextFileSync(join(ROOT, "SECURITY.md"));
  assertEquals(text, withOptionTable(text));
});

Deno.test("a row cannot set an address, a file, a key, a limit, or a callback", () => {
  const byRow = [...OPTIONS.values()].filter(({ setBy }) => setBy === "row");
  assertEquals(
    byRow.filter(({ scope }) => scope === "run" || scope === "client")
      .map(({ name }) => name),
    ["requireContinuation", "allowUnsupportedPrefill"],
  );
  assertEquals(
    byRow.filter(({ type }) => type.kind === null || type.isSecret),
    [],
  );
});
