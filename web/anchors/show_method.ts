import { DEFAULT_THRESHOLD } from "../../src/resampling/counterfactual_importance.ts";
import type { PageData } from "../../src/resampling/report/page_data.ts";
import { part } from "./element.ts";

/** Fills the numbers into the description of the method. */
export function showMethod({ confidence }: PageData): void {
  part("threshold").textContent = String(DEFAULT_THRESHOLD);
  part("level").textContent = String(Number((1 - confidence).toFixed(6)));
}
