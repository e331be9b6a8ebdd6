import { useEffect, useState } from "npm:preact@10.29.8/hooks";

/** Matches the window of a phone. */
export const NARROW = "(max-width: 640px)";

/** Whether a media query matches, such as `(max-width: 900px)`. */
export function useMedia(condition: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(condition).matches);
  useEffect(() => {
    const media = matchMedia(condition);
    const follow = () => setHolds(media.matches);
    media.addEventListener("change", follow);
    return () => media.removeEventListener("change", follow);
  }, [condition]);
  return holds;
}
