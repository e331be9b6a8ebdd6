/**
 * Checks an option that is an integer.
 *
 * @throws {TypeError} If it is not, or out of range.
 */
export function requireInteger(
  name: string,
  value: number,
  min: number,
  max: number,
): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new TypeError(
    `${name} must be an integer between ${min} and ${max}, got ${value}`,
  );
}
