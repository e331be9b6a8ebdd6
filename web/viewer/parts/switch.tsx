import type { VNode } from "npm:preact@10.29.8";
import { choose } from "../route/use_route.ts";

/** A choice of which all alternatives are visible, stored in the address. */
export interface SwitchProps {
  readonly legend: string;
  /** The name in the address. */
  readonly name: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, text: string])[];
}

/** A row of alternatives. */
export function Switch(
  { legend, name, value, choices }: SwitchProps,
): VNode {
  return (
    <fieldset class="switch">
      <legend>{legend}</legend>
      {choices.map(([choice, text]) => (
        <label key={choice}>
          <input
            type="radio"
            name={name}
            checked={value === choice}
            onChange={() => choose({ [name]: choice })}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
