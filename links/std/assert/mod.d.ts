type ErrorClass<E extends Error> = abstract new (...args: never[]) => E;

/** Throws if `expr` is not true. */
export function assert(expr: unknown, msg?: string): asserts expr;
/** Throws if the two values are not deeply equal. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void;
/** Throws if the two values are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void;
/** Throws if the two values are not the same value. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T;
/** Throws if `fn` does not reject. */
export function assertRejects(
  fn: () => PromiseLike<unknown>,
  msg?: string,
): Promise<unknown>;
/** Throws if `fn` does not reject with the class and text. */
export function assertRejects<E extends Error>(
  fn: () => PromiseLike<unknown>,
  errorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
/** Throws if `fn` does not throw. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Throws if `fn` does not throw the class and text. */
export function assertThrows<E extends Error>(
  fn: () => unknown,
  errorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): E;
/** Throws if the text does not match. */
export function assertMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void;
/** Throws if the text matches. */
export function assertNotMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void;
/** Throws if the text does not contain the other. */
export function assertStringIncludes(
  actual: string,
  expected: string,
  msg?: string,
): void;
/** Throws if the value is null or undefined. */
export function assertExists<T>(
  actual: T,
  msg?: string,
): asserts actual is NonNullable<T>;
/** Throws if the value is not an instance of the class. */
export function assertInstanceOf<T>(
  actual: unknown,
  // deno-lint-ignore no-explicit-any
  expectedType: abstract new (...args: any[]) => T,
  msg?: string,
): asserts actual is T;
/** Throws unless `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void;
/** Throws unless `actual >= expected`. */
export function assertGreaterOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void;
/** Throws unless `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void;
/** Throws unless `actual <= expected`. */
export function assertLessOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void;
/** Throws unless the numbers are within the tolerance. */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void;
/** Throws unless `actual` has every property of `expected`. */
export function assertObjectMatch(
  // deno-lint-ignore no-explicit-any
  actual: Record<PropertyKey, any>,
  expected: Record<PropertyKey, unknown>,
  msg?: string,
): void;
/** Throws. */
export function fail(msg?: string): never;
