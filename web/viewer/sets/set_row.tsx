import { openOnClick } from "../parts/open_on_click.ts";
import type { VNode } from "npm:preact@10.29.8";
import { useLayoutEffect } from "npm:preact@10.29.8/hooks";
import type { SampleSet } from "../../../src/viewer/view_data.ts";
import { FinishBar } from "../parts/finish_bar.tsx";
import { PrefillStart } from "../parts/prefill_start.tsx";
import { address } from "../route/route.ts";
import { moment, totalCost, totalOutput, whole } from "../text/numbers.ts";
import { pick } from "./comparison_bar.tsx";
import { parameterList, parameterText } from "./differing_parameters.ts";

/** The properties of a row. */
export interface SetRowProps {
  readonly set: SampleSet;
  readonly index: number;
  /** The height in pixels. */
  readonly height: number;
  readonly parameters: readonly string[] | null;
  /** The system message to show, if it tells the set apart. */
  readonly system: string | null;
  readonly picked: boolean;
  readonly onMount: () => void;
}

/** A set as a row of the table. A click anywhere opens it. */
export function SetRow(
  { set, index, height, parameters, system, picked, onMount }: SetRowProps,
): VNode {
  useLayoutEffect(onMount, []);
  const { id, model, promptStart, prefillStart, summary } = set;
  const target = address(["set", id]);
  const named = parameterList(
    set,
    parameters ?? Object.keys(set.parameters),
  );
  const isWhole = summary.samples === summary.files - summary.unusable;
  return (
    <tr
      role="row"
      aria-rowindex={index + 2}
      class={picked ? "picked" : undefined}
      style={{ height: `${height}px` }}
      onClick={openOnClick(target)}
    >
      <td role="cell" class="pick">
        <label>
          <input
            type="checkbox"
            checked={picked}
            onChange={({ currentTarget }) => pick(id, currentTarget.checked)}
          />
          <span class="heard">Compare {promptStart.slice(0, 60)}</span>
        </label>
      </td>
      <th role="rowheader" scope="row" class="prompt">
        <a id={`row-${id}`} href={target} dir="auto">
          {promptStart.trim() === "" ? "(empty prompt)" : promptStart}
        </a>
        {(prefillStart !== null || system !== null) && (
          <span class="givens">
            {system !== null && (
              <span class="given">
                <b>system</b> <bdi>{system}</bdi>
              </span>
            )}
            <PrefillStart prefillStart={prefillStart} />
          </span>
        )}
      </th>
      <td role="cell" class="model">
        <bdi>{model}</bdi>
        {named !== "" && <span class="model-parameters">, {named}</span>}
      </td>
      <td role="cell" class="parameters">
        <Parameters set={set} shown={parameters} />
      </td>
      <td
        role="cell"
        class="samples"
        data-label={summary.samples === 1 ? "sample" : "samples"}
      >
        {whole(summary.samples)}
        {!isWhole && <span class="share">of {whole(summary.files)}</span>}
      </td>
      <td role="cell" class="finish">
        <FinishBar
          counts={summary.finishReasons}
          unusable={summary.unusable}
        />
      </td>
      <td
        role="cell"
        class="tokens"
        data-label={summary.completionTokens === 1 ? "token" : "tokens"}
      >
        {totalOutput(summary)}
      </td>
      <td role="cell" class="cost">{totalCost(summary)}</td>
      <td role="cell" class="newest">
        {summary.newest === null ? "–" : moment(summary.newest)}
      </td>
    </tr>
  );
}

function Parameters(
  { set, shown }: {
    readonly set: SampleSet;
    readonly shown: readonly string[] | null;
  },
): VNode {
  const names = Object.keys(set.parameters)
    .filter((name) => shown === null || shown.includes(name));
  return (
    <span class="parameter-list">
      {names.map((name) => (
        <span key={name}>
          {name} <b>{parameterText(set.parameters[name], 80)}</b>
          {" "}
        </span>
      ))}
    </span>
  );
}
