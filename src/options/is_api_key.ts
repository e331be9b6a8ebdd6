/** Returns whether a value can be an API key: a string that a header can contain. */
export function isApiKey(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}
