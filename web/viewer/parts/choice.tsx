import type { VNode } from "npm:preact@10.29.8";
import { choose } from "../route/use_route.ts";
import { whole } from "../text/numbers.ts";
import { shortened } from "../text/shortened.ts";

/** How many characters of a choice are shown. */
const LENGTH = 60;

/** A choice from a list, stored in the address. */
export interface ChoiceProps {
  readonly label: string;
  /** The name in the address. */
  readonly name: string;
  readonly value: string;
  /** The label of the empty choice, if it is allowed. */
  readonly all?: string;
  readonly choices: readonly Option[];
  /** Formats a count; by default the number. */
  readonly countText?: (count: number) => string;
}

/** The choices. */
export interface Option {
  readonly value: string;
  readonly text?: string;
  readonly count?: number;
}

/** A labeled list of choices. */
export function Choice(
  { label, name, value, all, choices, countText = whole }: ChoiceProps,
): VNode {
  const known = value === "" ||
    choices.some((choice) => choice.value === value);
  return (
    <label class="choice">
      <span>{label}</span>
      <select
        class={value === "" ? undefined : "chosen"}
        value={value}
        onChange={({ currentTarget }) =>
          choose({ [name]: currentTarget.value })}
      >
        {all !== undefined && <option value="">{all}</option>}
        {!known && <option value={value}>{shortened(value, LENGTH)}</option>}
        {choices.map(({ value, text, count }) => (
          <option key={value} value={value}>
            {shortened(text ?? value, LENGTH)}
            {count === undefined ? "" : ` (${countText(count)})`}
          </option>
        ))}
      </select>
    </label>
  );
}
