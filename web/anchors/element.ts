import { escapeControlChars } from "../../src/util/escape_control_chars.ts";

/** What an element may hold. A text is a text, whatever it says. */
export type Child = Node | string | null;

/** Makes an element. Texts are set as texts, with their control characters shown. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  for (const child of children) {
    if (child === null) continue;
    made.append(typeof child === "string" ? escapeControlChars(child) : child);
  }
  return made;
}

/** The element of the page that has an id. */
export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no element #${id}`);
  return found;
}
