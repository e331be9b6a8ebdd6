import { similarName } from "../options/similar_name.ts";

/** Returns the model that a name seems to misspell, with or without its author, or `null`. */
export function similarModel(
  name: string,
  models: readonly string[],
): string | null {
  const whole = similarName(name, models);
  if (whole !== null) return whole;
  const slugs = models.map((model) => model.slice(model.indexOf("/") + 1));
  const slug = similarName(name.slice(name.indexOf("/") + 1), slugs);
  return slug === null ? null : models[slugs.indexOf(slug)]!;
}
