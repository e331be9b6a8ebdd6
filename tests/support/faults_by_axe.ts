import axe from "npm:axe-core@4.14.1";
import type { Page } from "npm:playwright-core@1.65.1";

/**
 * Returns the serious and critical violations that axe finds. Requires a page without a content
 * policy.
 */
export async function faultsByAxe(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(
    "axe.run({ resultTypes: ['violations'] })",
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
