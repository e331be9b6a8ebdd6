import type { ArchivedPrompt } from "../../mod.ts";

/** The names of the directories in a place. */
export function placeNames(place: string): ArchivedPrompt["place"] {
  const [model = "", parameters = "", prefix = "", key = ""] = place.split("/");
  return [model, parameters, prefix, key];
}
