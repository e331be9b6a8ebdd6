import { type SamplingPlan, sumPlans } from "../../../mod.ts";
import { formatUsd } from "../../util/format_usd.ts";

/** Describes what planned calls would do. The plans are by model; the key `undefined` is the default. */
export function planText(
  plans: ReadonlyMap<string | undefined, SamplingPlan>,
): string {
  const { cached, missing, maxCostUsd, maxOffPeakCostUsd } = sumPlans(
    plans.values(),
  );
  const lines = [
    `samples             ${cached + missing}`,
    `cached              ${cached}`,
    `missing             ${missing}`,
    `maximum cost        ${
      formatUsd(
        maxCostUsd,
        "unknown: a model has no price, or a request no bound",
      )
    }`,
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
