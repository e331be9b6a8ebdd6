import type { Query } from "../route/route.ts";
import { choose, goTo } from "../route/use_route.ts";

/** Selects a sample to compare with another one, or deselects it. The second one opens the comparison. */
export function selectDifference(
  set: string,
  name: string,
  query: Query,
): void {
  const { diff = "" } = query;
  if (diff === "" || diff === name) choose({ diff: diff === name ? "" : name });
  else goTo(["set", set], { ...query, diff: `${diff} ${name}` });
}
