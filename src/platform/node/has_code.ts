/**
 * Whether an error of Node's has a code, such as ENOENT. Where tests are run in a context of their own, as Jest does,
 * such errors are instances of another `Error`.
 */
export function hasCode(error: unknown, code: string): boolean {
  return Object(error).code === code;
}
