import type { ProviderPreferences } from "../prompt.ts";

/**
 * Preferences by which only some endpoints may serve a request, of those that it allows anyway. Null where
 * none is left.
 *
 * @param preferences The request's `provider`.
 * @param tags The endpoints, as `provider.only` takes them: `deepinfra/fp8`, or all of `deepinfra`.
 */
export function narrowProviders(
  preferences: ProviderPreferences,
  tags: readonly string[],
): ProviderPreferences | null {
  const { only, ignore = [] } = preferences;
  const allowed = tags.flatMap((tag) => {
    if (ignore.some((other) => covers(other, tag))) return [];
    if (only === undefined || only.some((other) => covers(other, tag))) {
      return [tag];
    }
    // What is wanted may be less than all that a provider offers.
    return only.filter((other) => covers(tag, other));
  });
  return allowed.length === 0 ? null : { ...preferences, only: allowed };
}

/** Whether a tag is an endpoint of those that another one names. */
function covers(name: string, tag: string): boolean {
  return name === tag || name === tag.split("/")[0];
}
