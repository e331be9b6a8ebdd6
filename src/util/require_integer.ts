/**
 * Checks that an option is an integer of `min` or more.
 *
 * @throws {RangeError} If it is not.
 */
export function requireInteger(
  name: string,
  value: number,
  min: number = -Infinity,
): void {
  if (Number.isSafeInteger(value) && value >= min) return;
  const range = min === -Infinity ? "" : ` of ${min} or more`;
  throw new RangeError(`${name} must be an integer${range}, got ${value}`);
}
