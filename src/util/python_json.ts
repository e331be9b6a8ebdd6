/** Formats a float as Python does: `1.0`, `0.7`, `1e-05`. */
export function pythonFloat(value: number): string {
  const magnitude = Math.abs(value);
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  if (magnitude >= 1e-4 && magnitude < 1e16) {
    return Number.isInteger(value) ? `${value}.0` : String(value);
  }
  const [digits, exponent] = value.toExponential().split("e") as [
    string,
    string,
  ];
  const power = exponent.slice(1).padStart(2, "0");
  return `${digits}e${exponent[0]}${power}`;
}

/**
 * Formats JSON as Python's `json.dumps` does: with the separators `", "` and `": "`, and everything
 * outside ASCII escaped. Whole numbers are formatted as integers. Members that are `undefined` are
 * omitted, as in `JSON.stringify`.
 */
export function pythonJson(
  value: unknown,
  options: { readonly sortKeys?: boolean } = {},
): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return pythonString(value);
  if (typeof value === "number") {
    return Number.isSafeInteger(value) ? String(value) : pythonFloat(value);
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => pythonJson(item ?? null, options));
    return `[${items.join(", ")}]`;
  }
  if (typeof value !== "object") {
    throw new TypeError(`JSON cannot represent a ${typeof value}`);
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined);
  if (options.sortKeys) members.sort(([a], [b]) => byCodePoints(a, b));
  return `{${
    members.map(([name, member]) =>
      `${pythonString(name)}: ${pythonJson(member, options)}`
    ).join(", ")
  }}`;
}

function pythonString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Python sorts by code points, JavaScript by UTF-16 units: they differ outside the BMP. */
function byCodePoints(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
