import type { ProviderPreferences } from "../prompt.ts";

/** The variant in a tag is a quantization. Others name a region or a service tier. */
const QUANTIZATION = /^(?:fp|bf|int)\d{1,2}$/;

/**
 * Returns the quantization of the weights that served a request, or `null` if its preferences allow
 * several: answers do not report it.
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
  const [tag, ...others] = only.filter((tag) => tag.split("/")[0] === slug);
  const variant = tag?.split("/")[1] ?? "";
  return others.length === 0 && QUANTIZATION.test(variant) ? variant : null;
}
