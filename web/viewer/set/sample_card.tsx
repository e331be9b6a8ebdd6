import type { VNode } from "npm:preact@10.29.8";
import type { SampleSet, SearchHit } from "../../../src/viewer/view_data.ts";
import { Letter } from "../parts/letter.tsx";
import { address, type Query } from "../route/route.ts";
import { goTo } from "../route/use_route.ts";
import { useLoaded } from "../source/use_loaded.ts";
import { MarkedExcerpt } from "../text/marked_excerpt.tsx";
import type { View } from "../source/view.ts";
import { SampleAbout } from "./sample_about.tsx";
import type { SampleRow } from "../source/sample_row.ts";
import { selectDifference } from "./select_difference.ts";
import { SampleText } from "./sample_text.tsx";

/** Milliseconds before the texts of a card are loaded, so that cards that are only scrolled past are not. */
const REST_MS = 80;

/** The properties of a card. */
export interface SampleCardProps {
  readonly view: View;
  readonly set: SampleSet;
  readonly prefill: string | null;
  readonly row: SampleRow;
  /** The letter of its set in a comparison. */
  readonly letter?: string;
  /** The name of its answer's color. */
  readonly color: string;
  readonly hit: SearchHit | null;
  readonly place: number;
  readonly of: number;
  /** Whether the card has the keyboard focus of the grid. */
  readonly current: boolean;
  /** Whether it is selected for a comparison. */
  readonly marked: boolean;
  /** Called when the card gets the focus, or `null` without keyboard navigation and comparison. */
  readonly onCurrent: (() => void) | null;
}

/** A card with the properties of a sample, and its texts once it is visible. */
export function SampleCard(props: SampleCardProps): VNode {
  const { view, set, row, letter, color, hit, place, current, marked } = props;
  const { head } = row;
  const { name, seed, problem } = head;
  const texts = useLoaded(
    problem === null ? () => view.source.sample(set.id, name) : null,
    { key: `${set.id}/${name}`, delayMs: REST_MS },
  );
  // A sample's page steps through the samples in the order of its list.
  const query: Query = props.onCurrent === null ? {} : view.query;
  const kept = { ...query, diff: "" };
  return (
    <div
      role="listitem"
      class={`card${marked ? " marked" : ""}${current ? " current" : ""}`}
      aria-setsize={props.of}
      aria-posinset={place + 1}
      aria-label={`${
        letter === undefined ? "" : `${letter}: `
      }Sample, seed ${seed}`}
      tabIndex={current ? 0 : -1}
      data-place={place}
      onFocusIn={props.onCurrent ?? undefined}
      onKeyDown={(event) => {
        if (event.key === "Enter" && event.target === event.currentTarget) {
          goTo(["set", set.id, name], kept);
        }
      }}
    >
      <div class="card-head">
        <h3>
          {letter !== undefined && <Letter of={letter} />}
          <a href={address(["set", set.id, name], kept)}>Seed {seed}</a>
        </h3>
        <SampleAbout row={row} color={color} />
      </div>
      {hit !== null && (
        <p class="card-hit">
          <MarkedExcerpt excerpt={hit.excerpt} marks={hit.marks} />
        </p>
      )}
      {problem === null
        ? (
          <SampleText
            head={head}
            prefill={props.prefill}
            texts={texts}
            label={`seed ${seed}`}
            within
          />
        )
        : (
          <p class="problem">
            <b>This file cannot be used.</b> <bdi>{problem}</bdi>
          </p>
        )}
      {props.onCurrent !== null && problem === null && (
        <button
          type="button"
          class="quiet difference"
          aria-pressed={marked}
          onClick={() => selectDifference(set.id, name, view.query)}
        >
          {marked
            ? "Selected"
            : view.query.diff
            ? "Compare with the selected sample"
            : "Compare"}
        </button>
      )}
    </div>
  );
}
