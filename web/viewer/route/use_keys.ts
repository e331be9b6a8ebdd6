import { useEffect, useRef } from "npm:preact@10.29.8/hooks";

/** The actions of keys by name. An action that returns `false` leaves the key to the browser. */
export type Keys = Readonly<Record<string, () => void | false>>;

/** Listens to keys, except in text fields and scrollable texts. */
export function useKeys(keys: Keys): void {
  const last = useRef(keys);
  last.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target, defaultPrevented } = event;
      if (defaultPrevented || ctrlKey || metaKey || altKey) return;
      const action = Object.hasOwn(last.current, key)
        ? last.current[key]
        : undefined;
      if (action === undefined) return;
      const within = target instanceof Element ? target : document.body;
      const typed = within.closest("input:not([type=checkbox]), select");
      if (typed !== null && key !== "Escape") return;
      if (key.startsWith("Arrow") && within.closest("[data-scrolls]")) return;
      if (action() !== false) event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
