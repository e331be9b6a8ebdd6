import type { ComponentChildren, VNode } from "npm:preact@10.29.8";

/** Names and values side by side. */
export function Facts(
  { facts }: {
    readonly facts: readonly (readonly [string, ComponentChildren])[];
  },
): VNode {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name} class={widthOf(value)}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Returns the class of a value with words that do not fit into a column. */
function widthOf(value: ComponentChildren): string | undefined {
  if (typeof value !== "string") return undefined;
  const longest = Math.max(...value.split(/\s/).map(({ length }) => length));
  return longest > 30 ? "long" : longest > 16 ? "wide" : undefined;
}
