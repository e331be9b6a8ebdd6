import type { VNode } from "npm:preact@10.29.8";
import { Letter } from "../parts/letter.tsx";
import { address } from "../route/route.ts";
import {
  differingParameters,
  parameterText,
} from "../sets/differing_parameters.ts";
import { PromptView } from "../set/prompt_view.tsx";
import { promptText } from "../../../src/viewer/prompt_text.ts";
import type { Side } from "./side.ts";
import { SideHeads } from "./side_heads.tsx";

/** The prompts of both sides, and their differences. */
export function CompareHead(
  { sides }: { readonly sides: readonly [Side, Side] },
): VNode {
  const [a, b] = sides;
  const isOnePrompt =
    promptText(a.samples.prompt) === promptText(b.samples.prompt) &&
    a.samples.prefill === b.samples.prefill;
  const differing = differingParameters([a.set, b.set]);
  const rows: [string, string, string][] = differing.map((name) => [
    name,
    value(a, name),
    value(b, name),
  ]);
  return (
    <header>
      <div class="pair">
        {sides.map(({ letter, set, samples }) => (
          <div key={letter}>
            <h2>
              <Letter of={letter} />
              <a href={address(["set", set.id])}>
                <bdi>{set.model}</bdi>
              </a>
            </h2>
            {!isOnePrompt && (
              <PromptView prompt={samples.prompt} prefill={samples.prefill} />
            )}
          </div>
        ))}
      </div>
      {isOnePrompt && (
        <PromptView prompt={a.samples.prompt} prefill={a.samples.prefill} />
      )}
      {rows.length > 0 && (
        <div
          class="wide-table"
          tabIndex={0}
          role="region"
          aria-label="Differing parameters"
        >
          <table>
            <thead>
              <tr>
                <th scope="col">Differs</th>
                <SideHeads />
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, a, b]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>
                    <bdi>{a}</bdi>
                  </td>
                  <td>
                    <bdi>{b}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </header>
  );
}

function value({ set }: Side, name: string): string {
  return Object.hasOwn(set.parameters, name)
    ? parameterText(set.parameters[name], 200)
    : "not set";
}
