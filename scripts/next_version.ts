// @ts-types="npm:@types/semver@7.8.0"
import semver from "npm:semver@7.8.6";

/** The parts of a version that can be incremented. */
const STEPS = ["patch", "minor", "major"] as const;

/** The versions that the next one must follow. */
export interface KnownVersions {
  /** The version in `deno.json`. */
  readonly current: string;
  /** The last released version, if any. */
  readonly released: string | undefined;
}

/**
 * Returns the version of the next release.
 *
 * @param wanted The part to increment, or the version itself.
 * @throws {Error} If `wanted` is neither, or the version is not newer than the last release. Before the
 * first release, the current version counts as new.
 */
export function nextVersion(
  wanted: string | undefined,
  { current, released }: KnownVersions,
): string {
  const step = STEPS.find((step) => step === wanted);
  const version = step === undefined
    ? semver.valid(wanted)
    : semver.inc(current, step);
  if (version === null || (step === undefined && version !== wanted)) {
    throw new Error(
      `the version must be ${STEPS.join(", ")} or X.Y.Z, got ${
        wanted ?? "nothing"
      }`,
    );
  }
  const isNew = released === undefined
    ? semver.gte(version, current)
    : semver.gt(version, released);
  if (!isNew) {
    const than = released ?? current;
    throw new Error(`the version must be newer than ${than}, got ${version}`);
  }
  return version;
}
