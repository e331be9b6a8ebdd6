import {
  measureElement,
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  type VirtualizerOptions,
  windowScroll,
} from "npm:@tanstack/virtual-core@3.19.11";
import type { RefObject } from "npm:preact@10.29.8";
import {
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
} from "npm:preact@10.29.8/hooks";
import { MOST_PRINTED, usePrinting } from "./use_printing.ts";

/** The rendered rows of a long list, and the space that the others take. */
export interface VirtualRows {
  readonly items: readonly { readonly index: number }[];
  /** How many items a printed list is cut to, or `null` if none are left out. */
  readonly cutTo: number | null;
  /** The height above the first row in pixels. */
  readonly above: number;
  /** The height below the last row in pixels. */
  readonly below: number;
  /** A `ref` for rows of unknown height, which must have `data-index`. */
  readonly measure: (element: Element | null) => void;
  /** Scrolls a row into view. */
  readonly scrollTo: (row: number) => void;
}

/** The rows of a list. */
export interface VirtualRowsOptions {
  readonly count: number;
  /** The number of items in a row; by default 1. */
  readonly columns?: number;
  /** The estimated height of a row in pixels. */
  readonly height: number;
  /** The height in pixels that a bar covers at the top of the window. */
  readonly covered?: number;
  /** How many rows beyond the viewport are rendered. */
  readonly overscan?: number;
}

type Rows = Virtualizer<Window, Element>;
type Options = VirtualizerOptions<Window, Element>;

/** Renders only the rows of a list near the viewport; in print, those of the first 500 items. */
export function useVirtualRows(
  list: RefObject<HTMLElement>,
  { count, columns = 1, height, covered = 0, overscan = 3 }: VirtualRowsOptions,
): VirtualRows {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [margin, setMargin] = useState(0);
  const printing = usePrinting();
  const known = useRef<Rows | null>(null);
  const options: Options = {
    count,
    estimateSize: () => height,
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    measureElement,
    scrollMargin: margin,
    scrollPaddingStart: covered,
    scrollPaddingEnd: 8,
    overscan,
    initialRect: { width: innerWidth, height: innerHeight },
    initialOffset: () => scrollY,
    onChange: () => redraw(0),
  };
  const rows = known.current ??= new Virtualizer(options);
  rows.setOptions(options);

  useLayoutEffect(() => rows._didMount(), []);
  useLayoutEffect(() => rows._willUpdate());
  useLayoutEffect(() => rows.measure(), [height]);
  useLayoutEffect(() => {
    const update = () => {
      const element = list.current;
      if (element === null) return;
      setMargin(Math.round(element.getBoundingClientRect().top + scrollY));
    };
    update();
    // Content above the list may grow.
    const observer = new ResizeObserver(update);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);

  const items = rows.getVirtualItems();
  const calls = {
    measure: (element: Element | null) => rows.measureElement(element),
    scrollTo: (row: number) => rows.scrollToIndex(row, { align: "auto" }),
  };
  if (printing) {
    const length = Math.min(count, Math.floor(MOST_PRINTED / columns));
    return {
      ...calls,
      items: Array.from({ length }, (_, index) => ({ index })),
      cutTo: length < count ? length * columns : null,
      above: 0,
      below: 0,
    };
  }
  return {
    ...calls,
    items,
    cutTo: null,
    above: (items[0]?.start ?? margin) - margin,
    below: rows.getTotalSize() + margin - (items.at(-1)?.end ?? margin),
  };
}
