import {
  ApiError,
  type Rollouts,
  RolloutsError,
  StoppedError,
} from "../../../mod.ts";
import { reasonOf } from "../../util/reason_of.ts";
import { withFlagNames } from "../flags/with_flag_names.ts";
import type { DataItem } from "../data_set/data_item.ts";
import { type CliOutput, jsonLine } from "./cli_output.ts";
import type { WriteText } from "./output_files.ts";
import { reportErrors } from "./report_errors.ts";

/** Reports why samples failed. Those that were not requested are reported once, at the end. */
export function reportFailures(
  { place }: DataItem,
  { errors }: Rollouts,
  output: CliOutput,
): void {
  const failed = [...errors]
    .filter(([, error]) => !(error instanceof StoppedError));
  reportErrors(new Map(failed), output, place);
}

/** Writes the error of each missing sample. */
export async function writeErrors(
  item: DataItem,
  { errors }: Rollouts,
  write: WriteText,
): Promise<void> {
  for (const [seed, error] of errors) await write(errorLine(error, item, seed));
}

/** Returns an error that names the place of a prompt if the prompt's own fields can be the cause. */
export function placedError(
  error: unknown,
  item: DataItem | undefined,
): unknown {
  if (item === undefined || Object.keys(item.options).length === 0) {
    return error;
  }
  return new RolloutsError(`${item.place}: ${reasonOf(error)}`, {
    cause: error,
  });
}

/** Formats an error as a JSON line. The seed is `null` if it concerns the whole run. */
export function errorLine(
  error: unknown,
  { place, id = null }: Partial<DataItem> = {},
  seed: number | null = null,
): string {
  const { name, message } = error instanceof Error
    ? error
    : { name: "Error", message: String(error) };
  const cause = error instanceof Error ? error.cause : null;
  const { status = undefined } = [error, cause]
    .find((each) => each instanceof ApiError) ?? {};
  const line = jsonLine({
    place: place ?? null,
    seed,
    error: name,
    status,
    message: withFlagNames(message),
  });
  return id === null ? line : `{"id":${id},${line.slice(1)}`;
}
