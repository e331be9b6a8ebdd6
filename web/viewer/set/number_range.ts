/** The numbers that a filter lets through. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** Whether the bounds themselves are excluded. */
  readonly isOpen: boolean;
}

/** Everything. */
const ALL: NumberRange = { min: -Infinity, max: Infinity, isOpen: false };

/**
 * Parses a range as users write it: `100-200`, `>100`, `<=0.5`, or one number. An empty text is every number.
 * Returns `null` for any other text.
 */
export function numberRange(text: string): NumberRange | null {
  const [, sign, first, last] = RANGE.exec(text.replaceAll(",", "")) ?? [];
  if (first === undefined) return text.trim() === "" ? ALL : null;
  const value = Number(first);
  const isOpen = sign === ">" || sign === "<";
  if (sign?.startsWith(">")) return { min: value, max: Infinity, isOpen };
  if (sign?.startsWith("<")) return { min: -Infinity, max: value, isOpen };
  const max = last === undefined ? value : Number(last);
  return { min: value, max, isOpen };
}

/** Whether a range contains a value. Only the range of everything contains an unknown one. */
export function isWithin(
  value: number | null,
  { min, max, isOpen }: NumberRange,
): boolean {
  if (value === null) return min === -Infinity && max === Infinity;
  return isOpen ? value > min && value < max : value >= min && value <= max;
}

const NUMBER = String.raw`(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?`;
const RANGE = new RegExp(
  String.raw`^\s*(?:(>=?|<=?)\s*)?(${NUMBER})(?:\s*[-–]\s*(${NUMBER}))?\s*$`,
  "i",
);
