/** A p-value, such as `0.013` or `< 0.001`, which does not break. */
export function pValueText(pValue: number): string {
  return pValue < 0.001
    ? "<\u00a00.001"
    : String(Number(pValue.toPrecision(2)));
}

/** A p-value with its name, such as `p = 0.013`, which does not break. */
export function probability(pValue: number): string {
  const value = pValueText(pValue);
  return value.startsWith("<") ? `p\u00a0${value}` : `p\u00a0=\u00a0${value}`;
}
