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
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
