import { type SamplingPlan, sumPlans } from "../../../mod.ts";
import { formatUsd } from "../../util/format_usd.ts";

/** The plans of calls by model. The key `undefined` is the default model. */
type Plans = ReadonlyMap<string | undefined, SamplingPlan>;

/** Formats what planned calls would do as JSON. Each model has a probe of its own. */
export function planJson(plans: Plans, prompts = 1): string {
  const total = sumPlans(plans.values());
  const probes = [...plans.values()].map((plan) => plan.maxProbeCostUsd);
  const maxProbeCostUsd = probes.includes(null)
    ? null
    : probes.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
  return JSON.stringify({ prompts, ...total, maxProbeCostUsd }, null, 2);
}

/** Describes what planned calls would do. */
export function planText(plans: Plans): string {
  const { cached, missing, maxCostUsd, maxOffPeakCostUsd, unboundedBy } =
    sumPlans(plans.values());
  const lines = [
    `samples             ${cached + missing}`,
    `cached              ${cached}`,
    `missing             ${missing}`,
    `maximum cost        ${formatUsd(maxCostUsd, `unknown: ${unboundedBy}`)}`,
  ];
  if (maxOffPeakCostUsd !== maxCostUsd) {
    lines.push(`off-peak maximum    ${formatUsd(maxOffPeakCostUsd)}`);
  }
  for (const [model, { maxProbeCostUsd }] of plans) {
    if (maxProbeCostUsd === 0) continue;
    const most = formatUsd(maxProbeCostUsd, "unknown: a model has no price");
    const of = model === undefined ? "" : ` (${model})`;
    lines.push(`probe before        ${most}${of}`);
  }
  return lines.join("\n");
}
