import { useEffect, useState } from "npm:preact@10.29.8/hooks";

/** The maximum number of printed items of a list. */
export const MOST_PRINTED = 500;

/** Whether the page is being printed. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const media = matchMedia("print");
    const follow = () => setPrinting(media.matches);
    // The media query changes only after this event, too late to render more.
    const start = () => setPrinting(true);
    const end = () => setPrinting(false);
    addEventListener("beforeprint", start);
    addEventListener("afterprint", end);
    media.addEventListener("change", follow);
    return () => {
      removeEventListener("beforeprint", start);
      removeEventListener("afterprint", end);
      media.removeEventListener("change", follow);
    };
  }, []);
  return printing;
}
