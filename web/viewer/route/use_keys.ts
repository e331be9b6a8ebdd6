import { useLayoutEffect, useRef } from "npm:preact@10.29.8/hooks";

/** The actions of keys by name. An action that returns `false` leaves the key to the browser. */
export type Keys = Readonly<Record<string, () => void | false>>;

/** The elements in which users type. */
const FIELDS = "input:not([type=checkbox], [type=radio]), select";

/** The elements that use the arrow keys. */
const ARROWS = "[data-scrolls], [type=radio]";

/** Listens to keys, except in text fields, lists of choices and scrollable texts. Escape leaves a field. */
export function useKeys(keys: Keys): void {
  const last = useRef(keys);
  last.current = keys;
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target, defaultPrevented } = event;
      if (defaultPrevented || ctrlKey || metaKey || altKey) return;
      const action = Object.hasOwn(last.current, key)
        ? last.current[key]
        : undefined;
      if (action === undefined) return;
      const within = target instanceof Element ? target : document.body;
      const field = within.closest<HTMLElement>(FIELDS);
      if (field !== null) return key === "Escape" ? field.blur() : undefined;
      if (key.startsWith("Arrow") && within.closest(ARROWS)) return;
      if (action() !== false) event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
