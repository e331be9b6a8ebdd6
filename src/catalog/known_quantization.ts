import type { ProviderPreferences } from "../prompt.ts";

/**
 * The quantization of the weights that served a request, where its preferences settle it: answers do
 * not tell. Null where they leave a choice.
 *
 * @param preferences The request's `provider`.
 * @param provider The provider's name in the answer.
 */
export function knownQuantization(
  { quantizations, only }: ProviderPreferences,
  provider: string | null,
): string | null {
  if (quantizations?.length === 1) return quantizations[0]!;
  if (provider === null || only === undefined) return null;
  const slug = provider.toLowerCase().replaceAll(" ", "-");
  const own = only.filter((tag) => tag.split("/")[0] === slug);
  const [tag, ...others] = own;
  const [, variant] = tag?.split("/") ?? [];
  return others.length === 0 && PRECISION.test(variant ?? "") ? variant! : null;
}

/** A tag may name a region or a kind of service instead. */
const PRECISION = /^(?:fp|bf|int)\d{1,2}$/;
