import type { JsonObject } from "./json_object.ts";

/** Returns whether two values are the same JSON, in whichever order objects have their fields. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object") return false;
  if (a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as JsonObject;
  const right = b as JsonObject;
  const names = Object.keys(left).filter((name) => left[name] !== undefined);
  const others = Object.keys(right).filter((name) => right[name] !== undefined);
  return names.length === others.length &&
    names.every((name) =>
      Object.hasOwn(right, name) && sameJson(left[name], right[name])
    );
}
