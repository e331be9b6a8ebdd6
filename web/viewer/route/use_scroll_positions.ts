import { useEffect, useLayoutEffect, useRef } from "npm:preact@10.29.8/hooks";

/** Opens a page at its top, but restores the scroll position of its parent page, such as the set of a sample. */
export function useScrollPositions(place: string): void {
  const tops = useRef(new Map<string, number>());
  const before = useRef(place);
  useEffect(() => {
    const keep = () => tops.current.set(before.current, scrollY);
    addEventListener("scroll", keep, { passive: true });
    return () => removeEventListener("scroll", keep);
  }, []);
  useLayoutEffect(() => {
    if (before.current === place) return;
    const isAbove = place === "" || before.current.startsWith(`${place}/`);
    before.current = place;
    scrollTo(0, isAbove ? tops.current.get(place) ?? 0 : 0);
  }, [place]);
}
