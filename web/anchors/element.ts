import { escapeControlChars } from "../../src/util/escape_control_chars.ts";

/** The content of an element. Strings become text nodes and are never parsed as HTML. */
export type Child = Node | string | null;

/** Creates an element. Strings become text nodes, with control characters made visible. */
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

/** Returns the element of the page with an id. */
export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no element #${id}`);
  return found;
}
