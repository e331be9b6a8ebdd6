import { type SamplingPlan, sumOfPlans } from "../../../mod.ts";

/** What calls would do, for a person to read; by model, where they name one. */
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
