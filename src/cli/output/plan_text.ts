import { type SamplingPlan, sumOfPlans } from "../../../mod.ts";

/** Describes what planned calls would do. The plans are by model; the key `undefined` is the default. */
export function planText(
  plans: ReadonlyMap<string | undefined, SamplingPlan>,
): string {
  const { cached, missing, maxCostUsd } = sumOfPlans(plans.values());
  const lines = [
    `samples             ${cached + missing}`,
    `cached              ${cached}`,
    `missing             ${missing}`,
    `cost at the most    ${
      dollars(maxCostUsd, "not known: a model has no price")
    }`,
  ];
  for (const [model, { maxProbeCostUsd }] of plans) {
    if (maxProbeCostUsd === 0) continue;
    const most = dollars(maxProbeCostUsd, "a price is not known");
    const of = model === undefined ? "" : `, of ${model}`;
    lines.push(`and first a probe   ${most} at the most${of}`);
  }
  return lines.join("\n");
}

function dollars(usd: number | null, unknown: string): string {
  return usd === null ? unknown : `$${usd.toFixed(4)}`;
}
