import { assertEquals } from "@std/assert";
import { finished, startScript } from "../support/run_script.ts";

Deno.test("the built pages equal what scripts/update_pages.ts writes", async () => {
  const { code, stderr } = await finished(
    startScript("scripts/update_pages.ts", {
      permissions: ["--allow-read", "--allow-env", "--allow-run"],
    }, ["--check"]),
  );
  assertEquals([code, stderr], [0, ""]);
});
