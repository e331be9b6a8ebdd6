import { UsageError } from "../usage_error.ts";

/**
 * The TCP port that `--port` names; undefined where it is not given.
 *
 * @throws {UsageError} Where it is none.
 */
export function readPort(port: unknown): number | undefined {
  if (port === undefined) return undefined;
  const number = Number(port);
  if (Number.isInteger(number) && number >= 0 && number <= 65535) return number;
  throw new UsageError(
    `--port must be an integer from 0 to 65535, got ${port}`,
  );
}
