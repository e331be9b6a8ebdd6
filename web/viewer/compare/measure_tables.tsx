import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import { Letter } from "../parts/letter.tsx";
import { Switch } from "../parts/switch.tsx";
import { address } from "../route/route.ts";
import { promptTitle } from "../set/prompt_title.tsx";
import {
  differingParameters,
  parameterText,
} from "../sets/differing_parameters.ts";
import { useLoaded } from "../source/use_loaded.ts";
import type { View } from "../source/view.ts";
import {
  decimal,
  dollars,
  percent,
  probability,
  signed,
  whole,
} from "../text/numbers.ts";
import { ComparisonDownloads } from "./comparison_downloads.tsx";
import {
  type PairedDifference,
  type PairMeasures,
  pairMeasures,
} from "./pair_measures.ts";
import { type SetMeasures, setMeasures, type Spread } from "./set_measures.ts";
import type { Side } from "./side.ts";

/** The measures of the compared sets, and the differences of pairs by seed with their tests. */
export function MeasureTables(
  { view, sides }: { readonly view: View; readonly sides: readonly Side[] },
): VNode {
  const { query } = view;
  const sets = useMemo(() => sides.map(setMeasures), [sides]);
  const isAll = query.pairs !== "first";
  const pairs = useLoaded(() => pairMeasures(sides, isAll), {
    key: String(isAll),
    version: sides,
  });
  return (
    <section aria-labelledby="measures-title" class="measures">
      <h2 id="measures-title">Measures</h2>
      <SetTable sets={sets} />
      <div class="filters">
        <h2>
          By seed <span class="note">second minus first</span>
        </h2>
        {sides.length > 2 && (
          <Switch
            legend="Pairs"
            name="pairs"
            value={isAll ? "" : "first"}
            choices={[["", "All"], ["first", "With A"]]}
          />
        )}
        {pairs.value !== null && (
          <ComparisonDownloads sets={sets} pairs={pairs.value} />
        )}
      </div>
      {pairs.value === null
        ? (
          <p class="note" role="status">
            {pairs.error === null
              ? "Comparing…"
              : `The sets cannot be compared: ${pairs.error.message}`}
          </p>
        )
        : <PairTable pairs={pairs.value} />}
    </section>
  );
}

/** The measures of each set, which the head of the page describes if there are two. */
function SetTable(
  { sets }: { readonly sets: readonly SetMeasures[] },
): VNode {
  const all = sets.map(({ side }) => side.set);
  const differing = differingParameters(all);
  const samePrompt = new Set(all.map((set) => promptTitle(set))).size === 1;
  return (
    <Region label="Measures of each set">
      <thead>
        <tr>
          <th scope="col">Set</th>
          <th scope="col">Samples</th>
          <th scope="col">
            Right <small>95% interval (Wilson)</small>
          </th>
          <th scope="col">
            Output tokens <small>median, quartiles</small>
          </th>
          <th scope="col">
            Cost <small>median, quartiles</small>
          </th>
          <th scope="col">Total cost</th>
        </tr>
      </thead>
      <tbody>
        {sets.map(({ side, samples, accuracy, tokens, cost }) => (
          <tr key={side.letter}>
            <th scope="row">
              <Letter of={side.letter} />
              <a href={address(["set", side.set.id])}>
                <bdi>{side.set.model}</bdi>
              </a>
              {sets.length > 2 && (
                <span class="set-differs">
                  {[
                    ...side.set.prefillStart === null ? [] : ["prefill"],
                    ...differing.map((name) =>
                      `${name} ${
                        parameterText(side.set.parameters[name] ?? "–", 60)
                      }`
                    ),
                    ...samePrompt ? [] : [promptTitle(side.set, 60)],
                  ].join(", ")}
                </span>
              )}
            </th>
            <td>{whole(samples)}</td>
            <td>
              {accuracy === null ? "–" : (
                <Value
                  value={percent(accuracy.value)}
                  more={`${percent(accuracy.low)} to ${
                    percent(accuracy.high)
                  }; ${whole(accuracy.hits)} of ${
                    whole(accuracy.trials)
                  } answers`}
                />
              )}
            </td>
            <td>{quartiles(tokens, decimal)}</td>
            <td>{quartiles(cost, dollars)}</td>
            <td>{cost === null ? "–" : dollars(cost.total)}</td>
          </tr>
        ))}
      </tbody>
    </Region>
  );
}

function PairTable(
  { pairs }: { readonly pairs: readonly PairMeasures[] },
): VNode {
  const tests =
    pairs.flatMap(({ accuracy, tokens, cost }) =>
      [accuracy, tokens, cost].filter((test) => test !== null)
    ).length;
  return (
    <>
      <Region label="Differences by seed">
        <thead>
          <tr>
            <th scope="col">Pair</th>
            <th scope="col">Seeds</th>
            <th scope="col">
              Same answer <small>95% interval (Wilson)</small>
            </th>
            {["Right", "Output tokens", "Cost"].map((name) => (
              <th scope="col" key={name}>
                {name} <small>mean difference, 95% interval (bootstrap)</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pairs.map(({ first, second, seeds, agreement, ...tests }) => (
            <tr key={first.letter + second.letter}>
              <th scope="row">
                <Letter of={first.letter} />
                <Letter of={second.letter} />
              </th>
              <td>{whole(seeds)}</td>
              <td>
                {agreement === null ? "–" : (
                  <Value
                    value={percent(agreement.value)}
                    more={`${percent(agreement.low)} to ${
                      percent(agreement.high)
                    }; ${whole(agreement.hits)} of ${
                      whole(agreement.trials)
                    } seeds`}
                    strong={false}
                  />
                )}
              </td>
              <td>{tested(tests.accuracy, points)}</td>
              <td>{tested(tests.tokens, decimal)}</td>
              <td>{tested(tests.cost, dollars)}</td>
            </tr>
          ))}
        </tbody>
      </Region>
      <p class="note method">
        Bold: p is at most 0.05. p: paired permutation test of the mean
        difference, two-sided
        {tests > 1 ? `, with Holm’s correction for ${whole(tests)} tests` : ""}.
        For right answers it is McNemar’s test. The intervals are not corrected.
        Only seeds with an answer in both sets count for answers. Equal seeds
        pair samples; they make answers alike only if the provider uses them.
      </p>
    </>
  );
}

/** A wide table that scrolls by itself. */
function Region(
  { label, children }: {
    readonly label: string;
    readonly children: ComponentChildren;
  },
): VNode {
  return (
    <div
      class="wide-table measure-table"
      role="region"
      aria-label={label}
      tabIndex={0}
      data-scrolls
    >
      <table aria-label={label}>{children}</table>
    </div>
  );
}

function Value(
  { value, more, strong = true }: {
    readonly value: string;
    readonly more: string;
    readonly strong?: boolean;
  },
): VNode {
  return (
    <>
      {strong ? <b>{value}</b> : value} <span class="share">{more}</span>
    </>
  );
}

function quartiles(
  spread: Spread | null,
  text: (value: number) => string,
): ComponentChildren {
  return spread === null ? "–" : (
    <Value
      value={text(spread.median)}
      more={`${text(spread.low)} to ${text(spread.high)}`}
    />
  );
}

function tested(
  test: PairedDifference | null,
  text: (value: number) => string,
): ComponentChildren {
  if (test === null) return "–";
  const { value, low, high, adjustedPValue } = test;
  return (
    <Value
      value={signed(value, text)}
      more={`${signed(low, text)} to ${signed(high, text)}; ${
        probability(adjustedPValue)
      }`}
      strong={adjustedPValue <= 0.05}
    />
  );
}

/** A difference of shares in percentage points. */
function points(value: number): string {
  return `${decimal(100 * value)} pp`;
}
