import type { VNode } from "npm:preact@10.29.8";
import { useEffect, useRef, useState } from "npm:preact@10.29.8/hooks";
import { choose } from "../route/use_route.ts";
import { numberRange } from "./number_range.ts";
import { NUMBER_COLUMNS, type NumberColumnName } from "./sample_columns.ts";

/** The delay of a change: browsers limit address changes to a few hundred per half minute. */
const REST_MS = 250;

/** A filter of a column of numbers, such as `100-200` or `>100`. */
export function RangeFilter(
  { column, text }: {
    readonly column: NumberColumnName;
    /** The filter in the address. */
    readonly text: string;
  },
): VNode {
  const [typed, setTyped] = useState(text);
  const timer = useRef<number>();
  useEffect(() => () => clearTimeout(timer.current), []);
  // Something else may have changed the address.
  useEffect(() => setTyped(text), [text]);
  const { title, unit } = NUMBER_COLUMNS[column];
  const [isLeft, setIsLeft] = useState(true);
  // While one types, `>` may become `>5`.
  const isWrong = numberRange(typed) === null &&
    (isLeft || numberRange(`${typed}1`) === null);
  return (
    <label class="choice range">
      <span>{unit === "" ? title : `${title} (${unit})`}</span>
      <input
        type="text"
        inputMode="text"
        autocomplete="off"
        spellcheck={false}
        class={text === "" ? undefined : "chosen"}
        placeholder="1-9 or >5"
        aria-invalid={isWrong}
        value={typed}
        onFocus={() => setIsLeft(false)}
        onBlur={() => setIsLeft(true)}
        onInput={({ currentTarget: { value } }) => {
          setTyped(value);
          clearTimeout(timer.current);
          timer.current = setTimeout(
            () => choose({ [column]: value.trim() }),
            REST_MS,
          );
        }}
      />
      {isWrong && (
        <span class="missed" role="alert">not a range such as 100-200</span>
      )}
    </label>
  );
}
