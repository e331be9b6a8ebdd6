import {
  BOOLEAN,
  integer,
  number,
  objectThat,
  orNull,
  TEXT,
  textThat,
  type ValueType,
} from "../options/value_type.ts";
import { isJsonObject } from "../util/json_object.ts";
import { QueueError } from "./queue_error.ts";
import type { RequestJob } from "./request_job.ts";

/** The start of the failure of a job that a worker rejected permanently. */
export const QUARANTINED = "quarantined: ";

/** A job is not one that this package adds. Its numbers must not reach the limits that all workers share. */
export class JobError extends QueueError {
  override name = "JobError";

  constructor(problem: string) {
    super(`${QUARANTINED}${problem}`);
  }
}

const TEXT_OR_NULL = orNull(
  textThat((value) => typeof value === "string", { expected: "a string" }),
);

const FIELDS: Readonly<Record<keyof RequestJob, ValueType>> = {
  url: TEXT,
  body: TEXT,
  model: TEXT,
  seed: integer({ min: 0 }),
  prefill: TEXT_OR_NULL,
  repeatsPrefill: BOOLEAN,
  format: orNull(
    objectThat(
      ({ markup, prefill }) =>
        (markup === "think" || markup === "harmony") &&
        TEXT_OR_NULL.expected(prefill) === null,
      "an object with markup and prefill",
    ),
  ),
  timeoutMs: number({ over: 0, max: 2 ** 31 - 1 }),
  maxAnswerBytes: integer({ min: 1 }),
  sampleId: TEXT_OR_NULL,
  sealedKey: TEXT_OR_NULL,
  trace: objectThat(
    (trace) => Object.values(trace).every((value) => typeof value === "string"),
    "an object of strings",
  ),
  limits: objectThat(() => true, "an object"),
};

const LIMITS: Readonly<Record<keyof RequestJob["limits"], ValueType>> = {
  maxConcurrency: orNull(integer({ min: 1 })),
  requestsPerMinute: orNull(number({ min: 0.001, max: 1e7 })),
  maxCostUsd: orNull(number({ over: 0 })),
  worstCaseUsd: orNull(number({ min: 0 })),
};

/**
 * Checks that the data of a job is a request.
 *
 * @throws {JobError} If it is not.
 */
export function checkJob(data: unknown): asserts data is RequestJob {
  if (!isJsonObject(data)) throw new JobError("the job is not an object");
  checkFields(data, FIELDS);
  const limits = data.limits as RequestJob["limits"];
  checkFields(limits as unknown as Record<string, unknown>, LIMITS);
  if (limits.maxCostUsd !== null && limits.worstCaseUsd === null) {
    throw new JobError("maxCostUsd needs worstCaseUsd, got null");
  }
}

function checkFields(
  values: Readonly<Record<string, unknown>>,
  types: Readonly<Record<string, ValueType>>,
): void {
  for (const [name, type] of Object.entries(types)) {
    const value = values[name];
    const expected = type.expected(value);
    if (expected === null) continue;
    const got = JSON.stringify(value)?.slice(0, 60) ?? "nothing";
    throw new JobError(`${name} must be ${expected}, got ${got}`);
  }
}
