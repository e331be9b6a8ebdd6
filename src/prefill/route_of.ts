import type { PromptPlan } from "../request/plan_prompt.ts";
import type { PrefillRoute } from "./prefill_report.ts";

/** How the thought of a prompt reaches the model. */
export function routeOf(
  { template }: Pick<PromptPlan, "template">,
): PrefillRoute {
  return template === null ? "chat" : "completions";
}
