/** Amounts in US dollars. */
export interface Spent {
  /** What was spent. */
  readonly spentUsd: number;
  /** The limit. */
  readonly maxCostUsd: number;
  /** What the request can cost at its worst. */
  readonly worstUsd: number;
}

/** Why a request is not sent that could pass the limit. */
export function refusedForMoney(
  { spentUsd, maxCostUsd, worstUsd }: Spent,
): string {
  return `not requested: $${dollars(spentUsd)} of maxCostUsd ` +
    `$${dollars(maxCostUsd)} is spent, and the request can cost ` +
    `$${
      dollars(worstUsd)
    }; what is there is kept, and a call with a higher limit goes on`;
}

function dollars(usd: number): string {
  return usd >= 0.01 || usd === 0 ? usd.toFixed(4) : usd.toPrecision(3);
}
