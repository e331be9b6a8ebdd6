import type { ProviderPreferences } from "../prompt.ts";

/**
 * Restricts preferences to some endpoints, as far as they allow these. Returns `null` if none is left.
 *
 * @param preferences The request's `provider`.
 * @param tags The endpoints, as for `provider.only`: `deepinfra/fp8`, or `deepinfra` for all of its endpoints.
 */
export function narrowProviders(
  preferences: ProviderPreferences,
  tags: readonly string[],
): ProviderPreferences | null {
  const { only, ignore = [] } = preferences;
  const allowed = tags.flatMap((tag) => {
    if (ignore.some((ignored) => covers(ignored, tag))) return [];
    if (only === undefined || only.some((name) => covers(name, tag))) {
      return [tag];
    }
    // The preferences may allow some endpoints of a provider.
    return only.filter((name) => covers(tag, name));
  });
  return allowed.length === 0 ? null : { ...preferences, only: allowed };
}

/** Whether a name in a list of providers includes an endpoint. */
function covers(name: string, tag: string): boolean {
  return name === tag || name === tag.split("/")[0];
}
