import { TEXT, type ValueType } from "./value_type.ts";

export const BASE_URL: ValueType<"text"> = {
  ...TEXT,
  expected: baseUrlProblem,
};

export function isBaseUrl(value: unknown): value is string {
  return baseUrlProblem(value) === null;
}

/** Describes what a base URL must be, if a value is not one. */
export function baseUrlProblem(value: unknown): string | null {
  const flaw = typeof value === "string" ? flawOf(value) : "";
  return flaw === null ? null : `an http or https address${flaw}`;
}

function flawOf(text: string): string | null {
  if (/\s/.test(text)) return " without spaces";
  if (!URL.canParse(text)) return "";
  const { protocol, username, password, pathname } = new URL(text);
  if (!/^https?:$/.test(protocol)) return "";
  if (username !== "" || password !== "") {
    return " without a user name or password";
  }
  if (text.includes("#")) return " without a fragment (#)";
  if (text.includes("?")) return " without a query (?)";
  const endpoint = /\/(?:chat\/)?completions\/*$/.exec(pathname)?.[0];
  return endpoint === undefined
    ? null
    : ` without ${endpoint}, which the client adds`;
}
