/** Whether an `error` field reports an error. An empty object next to an answer does not. */
export function hasError(error: unknown): boolean {
  return typeof error === "object" && error !== null
    ? Object.keys(error).length > 0
    : Boolean(error);
}
