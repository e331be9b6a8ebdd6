import type { RefObject } from "npm:preact@10.29.8";
import {
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from "npm:preact@10.29.8/hooks";
import { lastOpenedSample } from "../route/last_opened.ts";
import type { Query } from "../route/route.ts";
import { useKeys } from "../route/use_keys.ts";
import { choose, goToList } from "../route/use_route.ts";
import type { SampleRow } from "../source/sample_row.ts";
import { selectDifference } from "./select_difference.ts";

/** The samples among which keys move. */
export interface CurrentSampleOptions {
  /** The id of the set. */
  readonly set: string;
  readonly query: Query;
  readonly rows: readonly SampleRow[];
  /** The element with the rendered samples, each with its place in `data-place`. */
  readonly list: RefObject<HTMLElement>;
  /** Scrolls a sample into view. */
  readonly scrollTo: (place: number) => void;
}

/** The sample with the keyboard focus of a list: the only one that Tab reaches. */
export interface CurrentSample {
  readonly place: number;
  readonly moveTo: (place: number) => void;
  /** Returns the action of a key that moves the focus, or moves it into the list. */
  readonly step: (by: number) => () => void;
  /** Whether the focus is in the list. */
  readonly isWithin: () => boolean;
  /** Moves the focus to a sample. */
  readonly focus: (place: number) => void;
}

/** Moves the focus among samples, of which only some are rendered, by the keys that all lists share. */
export function useCurrentSample(
  { set, query, rows, list, scrollTo }: CurrentSampleOptions,
): CurrentSample {
  const [place, setPlace] = useState(0);
  // The target of the last key: the next one may arrive before the samples are rendered.
  const at = useRef(0);
  const wanted = useRef(false);
  const moveTo = useCallback((to: number) => {
    at.current = to;
    setPlace(to);
  }, []);
  const isNew = useRef(true);
  useLayoutEffect(() => {
    const opened = isNew.current ? lastOpenedSample(set) : undefined;
    isNew.current = false;
    moveTo(Math.max(0, rows.findIndex(({ head }) => head.name === opened)));
  }, [rows[0]?.head.name]);
  const focusWanted = () => {
    if (!wanted.current) return;
    const item = list.current?.querySelector<HTMLElement>(
      `[data-place="${at.current}"]`,
    );
    if (item) {
      wanted.current = false;
      item.focus({ preventScroll: true });
    }
  };
  useLayoutEffect(focusWanted);
  const isWithin = () =>
    wanted.current || list.current!.contains(document.activeElement);
  const focus = (to: number) => {
    if (rows[to] === undefined) return;
    wanted.current = true;
    moveTo(to);
    scrollTo(to);
    focusWanted();
  };
  const step = (by: number) => () =>
    focus(isWithin() ? at.current + by : at.current);
  useKeys({
    j: step(1),
    k: step(-1),
    d: () => {
      const name = rows[at.current]?.head.name;
      if (name !== undefined) selectDifference(set, name, query);
    },
    Escape: () => (query.diff ?? "") === "" ? goToList() : choose({ diff: "" }),
  });
  return { place, moveTo, step, isWithin, focus };
}
