// @ts-types="npm:@types/semver@7.8.0"
import semver from "npm:semver@7.8.6";

/** What a version can be told to go up by. */
const STEPS = ["patch", "minor", "major"] as const;

/** The versions that there are. */
export interface KnownVersions {
  /** What the package says it is. */
  readonly current: string;
  /** What was released last, if anything was. */
  readonly released: string | undefined;
}

/**
 * The version of the next release.
 *
 * @param wanted A step up from the current version, or the version itself.
 * @throws {Error} Where it is neither, or the version is not newer than what was released. The current
 * one is new as long as nothing was.
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
