import { useEffect, useState } from "npm:preact@10.29.8/hooks";
import type {
  SampleSet,
  SetChanges,
  ViewSource,
} from "../../../src/viewer/view_data.ts";
import { applyChanges } from "./apply_changes.ts";

/** The interval between requests for changes while the page is visible. */
const EVERY_MS = 1000;

/** The sets, and the state of their updates. */
export interface LiveSets {
  /** The sets by id. */
  readonly sets: ReadonlyMap<string, SampleSet>;
  /** The last response without its sets, or `null` before the first one. */
  readonly head: Omit<SetChanges, "changed" | "removed"> | null;
  /** Why the last request failed, or `null` if it succeeded. */
  readonly error: Error | null;
}

/** Returns the sets, which are updated while the page is visible. */
export function useLiveSets(source: ViewSource, live: boolean): LiveSets {
  const [state, setState] = useState<LiveSets>({
    sets: new Map(),
    head: null,
    error: null,
  });
  useEffect(() => {
    let ended = false;
    let timer: number | undefined;
    let known: LiveSets = state;

    const ask = async () => {
      timer = undefined;
      try {
        const changes = await source.sets(known.head?.generation ?? 0);
        if (ended) return;
        const quiet = known.error === null && known.head !== null &&
          changes.generation === known.head.generation &&
          changes.reading?.done === known.head.reading?.done &&
          JSON.stringify(changes.live) === JSON.stringify(known.head.live);
        if (!quiet) {
          const { changed: _, removed: __, ...head } = changes;
          known = {
            sets: applyChanges(known.sets, changes),
            head,
            error: null,
          };
          setState(known);
        }
      } catch (error) {
        if (ended) return;
        known = { ...known, error: error as Error };
        setState(known);
      }
      if (live && !document.hidden) timer = setTimeout(ask, EVERY_MS);
    };
    const wake = () => {
      if (live && !document.hidden && timer === undefined) ask();
    };
    document.addEventListener("visibilitychange", wake);
    ask();
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
    };
  }, [source]);
  return state;
}
