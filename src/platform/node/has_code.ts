/**
 * Whether an error of Node has a code, such as ENOENT. Does not use `instanceof`: in a context of its
 * own, as in Jest, errors are instances of another `Error`.
 */
export function hasCode(error: unknown, code: string): boolean {
  return Object(error).code === code;
}
