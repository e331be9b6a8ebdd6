import {
  measureElement,
  observeWindowOffset,
  observeWindowRect,
  type VirtualItem,
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

/** The rows of a long list that are near the window, and the room that the others take. */
export interface VirtualRows {
  readonly items: readonly VirtualItem[];
  /** Pixels above the first of the rows. */
  readonly above: number;
  /** Pixels below the last. */
  readonly below: number;
  /** To be the `ref` of rows whose heights are not known before; they bear `data-index`. */
  readonly measure: (element: Element | null) => void;
  /** Brings a row into view. */
  readonly scrollTo: (row: number) => void;
}

/** Which rows there are. */
export interface VirtualRowsOptions {
  readonly count: number;
  /** A row's height in pixels, before it has been measured. */
  readonly height: number;
  /** Pixels at the upper edge of the window that something covers. */
  readonly covered?: number;
}

type Rows = Virtualizer<Window, Element>;
type Options = VirtualizerOptions<Window, Element>;

/** Shows a list in the page of which only the rows near the window are there. */
export function useVirtualRows(
  list: RefObject<HTMLElement>,
  { count, height, covered = 0 }: VirtualRowsOptions,
): VirtualRows {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [margin, setMargin] = useState(0);
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
    overscan: 3,
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
    // What stands above the list may grow.
    const observer = new ResizeObserver(update);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);

  const items = rows.getVirtualItems();
  return {
    items,
    above: (items[0]?.start ?? margin) - margin,
    below: rows.getTotalSize() + margin - (items.at(-1)?.end ?? margin),
    measure: (element) => rows.measureElement(element),
    scrollTo: (row) => rows.scrollToIndex(row, { align: "auto" }),
  };
}
