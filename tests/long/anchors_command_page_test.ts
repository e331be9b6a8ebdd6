import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter, PLANTED_QUESTION } from "../../src/testing/mod.ts";
import { assertEventuallyEquals } from "../support/assert_eventually_equals.ts";
import { inBrowser, openPage, startChromium } from "../support/chromium.ts";
import { startCli } from "../support/run_cli.ts";
import { finished } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

Deno.test(
  "the report of rollouts anchors shows the resamples of a clicked sentence",
  inBrowser,
  async () => {
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    const { code, stderr } = await finished(startCli(mock, [
      ...["anchors", PLANTED_QUESTION, "-m", "mock/planted-anchors"],
      ...["-n", "10", "--every", "5"],
    ], dir.path));
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, "rollouts: 20 sentences kept: 10 of 10");
    assertStringIncludes(stderr, "1 of 4 sentences is significant");
    const browser = await startChromium();
    try {
      await using opened = await openPage(
        browser,
        `file://${join(dir.path, "anchors.html")}`,
      );
      const { page, faults } = opened;
      // With --every 5, it is in the middle of a group.
      await page.locator("#thought .sentence").nth(7).click();
      await page.getByRole("heading", { name: "Sentences 5–9" }).waitFor();
      await assertEventuallyEquals(
        () => page.getByRole("status").textContent(),
        "10 of 10 shown",
      );
      assertEquals(faults, []);
    } finally {
      await browser.close();
    }
  },
);
