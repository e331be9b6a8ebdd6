import fc from "./fast_check.ts";

/** Returns a text in which a part was removed, repeated, overwritten, or inserted. */
export function mutatedText(text: string): fc.Arbitrary<string> {
  const at = fc.nat(text.length);
  const junk = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom('"', "\\", "{", "}", "[", "]", ",", ":", "null", "\u0000"),
  );
  return fc.oneof(
    at.map((end) => text.slice(0, end)),
    fc.tuple(at, at).map(([a, b]) =>
      text.slice(0, Math.min(a, b)) + text.slice(Math.max(a, b))
    ),
    fc.tuple(at, junk).map(([i, put]) =>
      text.slice(0, i) + put + text.slice(i)
    ),
    fc.tuple(at, junk).map(([i, put]) =>
      text.slice(0, i) + put + text.slice(i + put.length)
    ),
    fc.tuple(at, at).map(([a, b]) => text.slice(a) + text.slice(0, b)),
  );
}

/** Returns a JSON value with one part, at any depth, replaced. */
export function mutatedJson(value: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(value);
  return fc.tuple(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 2 }))
    .map(([path, replacement]) => replaced(value, path, replacement));
}

function pathsOf(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([name, member]) =>
      pathsOf(member).map((path) => [name, ...path])
    ),
  ];
}

function replaced(
  value: unknown,
  [name, ...rest]: readonly string[],
  replacement: unknown,
): unknown {
  if (name === undefined) return replacement;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[name] = replaced(copy[name], rest, replacement);
  return copy;
}
