import { isJsonObject } from "../util/json_object.ts";
import { similarName } from "./similar_name.ts";

/** How the command line reads the value of a flag. */
export type FlagKind =
  | "text"
  | "number"
  | "number or none"
  | "json"
  | "text or json"
  | "paths"
  | "boolean";

/** The values that an option accepts. */
export interface ValueType<Kind = FlagKind | null> {
  /** How to parse a flag of the option, or `null` if no flag can set such a value. */
  readonly kind: Kind;
  /** The permitted values for `--help`, such as `from 0 to 2`, or `null` if the kind is enough. */
  readonly range: string | null;
  /** Describes the permitted values if `value` is not one of them; otherwise returns `null`. */
  readonly expected: (value: unknown) => string | null;
  /** Whether messages must never show a value, not even a wrong one. */
  readonly isSecret: boolean;
}

/** Bounds of a number, either `min` or `over`: a value of `over` is not permitted. */
export interface Bounds {
  readonly min?: number;
  readonly over?: number;
  readonly max?: number;
}

export const BOOLEAN: ValueType<"boolean"> = valueType(
  "boolean",
  "true or false",
  (value) => typeof value === "boolean",
);

/** A string that is not blank. */
export const TEXT: ValueType<"text"> = valueType(
  "text",
  "a non-empty string",
  (value) => typeof value === "string" && value.trim() !== "",
);

export const OBJECT: ValueType<"json"> = valueType(
  "json",
  "an object",
  isJsonObject,
);

/** An object of which some fields are known: other fields are permitted, unless they look misspelled. */
export function objectWith(fields: readonly string[]): ValueType<"json"> {
  const expected = (value: unknown) => {
    if (!isJsonObject(value)) return "an object";
    for (const field of Object.keys(value)) {
      const name = fields.includes(field) ? null : similarName(field, fields);
      if (name !== null) return `an object with "${name}" for "${field}"`;
    }
    return null;
  };
  return { ...OBJECT, expected };
}

/** An object that passes a check. No flag can set it. */
export function objectThat(
  isValid: (value: Record<string, unknown>) => boolean,
  expected: string,
): ValueType {
  return valueType(
    null,
    expected,
    (value) => isJsonObject(value) && isValid(value),
  );
}

/** An object with methods. No flag can set it. */
export function objectWithMethods(names: readonly string[]): ValueType {
  const listed = names.length === 1
    ? `a ${names[0]} method`
    : `${names.slice(0, -1).join(", ")}, and ${names.at(-1)} methods`;
  return objectThat(
    (value) => names.every((name) => typeof value[name] === "function"),
    `an object with ${listed}`,
  );
}

export const ARRAY: ValueType<"json"> = valueType(
  "json",
  "an array",
  Array.isArray,
);

export const TEXT_OR_OBJECT: ValueType<"text or json"> = valueType(
  "text or json",
  "a string or an object",
  (value) => typeof value === "string" || isJsonObject(value),
);

export const FUNCTION: ValueType<null> = valueType(
  null,
  "a function",
  (value) => typeof value === "function",
);

export const ABORT_SIGNAL: ValueType<null> = valueType(
  null,
  "an AbortSignal",
  (value) => value instanceof AbortSignal,
);

/** A finite number within bounds. */
export function number(bounds: Bounds): ValueType<"number"> {
  return numeric("a number", Number.isFinite, bounds);
}

/** A safe integer within bounds. */
export function integer(bounds: Bounds): ValueType<"number"> {
  return numeric("an integer", Number.isSafeInteger, bounds);
}

/** A number, or `null`: `none` on the command line. The field of the API is then not sent. */
export function orNone(type: ValueType<"number">): ValueType<"number or none"> {
  const range = `${type.range}, or none`;
  return { ...orNull(type), kind: "number or none", range };
}

export function orNull<Kind>(type: ValueType<Kind>): ValueType<Kind> {
  const expected = (value: unknown) =>
    value === null ? null : type.expected(value);
  return { ...type, expected };
}

export function oneOf(...words: readonly string[]): ValueType<"text"> {
  const range = `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  const isValid = (value: unknown) => words.includes(value as string);
  return { ...valueType("text", range, isValid), range };
}

/** A non-empty string, or a list of 1 to `max` of them. */
export function texts(max: number): ValueType<"text or json"> {
  return valueType(
    "text or json",
    `a non-empty string or a list of 1 to ${max} such strings`,
    (value) => {
      const given = Array.isArray(value) ? value : [value];
      return given.length >= 1 && given.length <= max &&
        given.every((text) => typeof text === "string" && text !== "");
    },
  );
}

/** A path, or a list of paths. */
export const PATHS: ValueType<"paths"> = valueType(
  "paths",
  "a non-empty string or a list of them",
  (value) => {
    const given = Array.isArray(value) ? value : [value];
    return given.length > 0 &&
      given.every((path) => TEXT.expected(path) === null);
  },
);

/** One host, or a list of hosts. */
export const HOSTS: ValueType<"text or json"> = valueType(
  "text or json",
  "a host such as 127.0.0.1:8080, or a list of hosts",
  (value) => [value].flat().every(isHost),
);

function isHost(value: unknown): boolean {
  return typeof value === "string" && /^[^\s/?#@\\]+$/.test(value) &&
    URL.canParse(`http://${value}`);
}

/** A string that passes a check. */
export function textThat(
  isValid: (value: unknown) => boolean,
  { expected, isSecret = false }: {
    readonly expected: string;
    readonly isSecret?: boolean;
  },
): ValueType<"text"> {
  return { ...valueType("text", expected, isValid), isSecret };
}

function valueType<Kind>(
  kind: Kind,
  expected: string,
  isValid: (value: unknown) => boolean,
): ValueType<Kind> {
  return {
    kind,
    range: null,
    expected: (value) => isValid(value) ? null : expected,
    isSecret: false,
  };
}

function numeric(
  what: string,
  isOfKind: (value: unknown) => boolean,
  { min = -Infinity, over = -Infinity, max = Infinity }: Bounds,
): ValueType<"number"> {
  const isValid = (value: unknown) =>
    isOfKind(value) && Number(value) >= min && Number(value) > over &&
    Number(value) <= max;
  const range = over > -Infinity
    ? `over ${over}${max < Infinity ? `, up to ${max}` : ""}`
    : max < Infinity
    ? `from ${min} to ${max}`
    : `of ${min} or more`;
  return { ...valueType("number", `${what} ${range}`, isValid), range };
}
