import type { VNode } from "npm:preact@10.29.8";
import { Letter } from "../parts/letter.tsx";
import { address, parseRoute, type Query } from "../route/route.ts";
import { choose } from "../route/use_route.ts";
import type { View } from "../source/view.ts";

/** The ids of the sets selected for comparison. */
export function picked({ pick = "" }: Query): string[] {
  return pick.split(" ").filter((id) => id !== "");
}

/** Selects or deselects a set. A third set replaces the first. */
export function pick(id: string, chosen: boolean): void {
  const { query } = parseRoute(location.hash);
  const others = picked(query).filter((other) => other !== id);
  const ids = chosen ? [...others, id].slice(-2) : others;
  choose({ pick: ids.join(" ") });
}

/** The selected sets, and a link to their comparison. */
export function ComparisonBar({ view }: { readonly view: View }): VNode | null {
  const sets = picked(view.query).flatMap((id) => view.sets.get(id) ?? []);
  const [a, b] = sets;
  if (a === undefined) return null;
  return (
    <section class="comparison-bar" aria-label="Comparison">
      <ol>
        {sets.map(({ id, model, promptStart }, place) => (
          <li key={id}>
            <Letter of={place === 0 ? "A" : "B"} />
            <b>
              <bdi>{model}</bdi>
            </b>{" "}
            <bdi>{promptStart.slice(0, 80)}</bdi>
          </li>
        ))}
      </ol>
      {b === undefined
        ? <span class="note">Choose another set to compare with.</span>
        : (
          <a class="button" href={address(["compare", a.id, b.id])}>
            Compare
          </a>
        )}
      <button type="button" class="quiet" onClick={() => choose({ pick: "" })}>
        Clear
      </button>
    </section>
  );
}
