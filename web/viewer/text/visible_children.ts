import { options, type VNode } from "npm:preact@10.29.8";
import { escapeControlChars } from "../../../src/util/escape_control_chars.ts";

/** Attributes that users read. */
const READ = ["title", "aria-label", "aria-description", "label"];

/**
 * Makes control characters and direction marks visible in every text of the page, in one place, so that no
 * text of a model is missed.
 */
export function showControlCharacters(): void {
  const before = options.vnode;
  options.vnode = (node: VNode) => {
    const props = node.props as Record<string, unknown>;
    if (typeof node.type === "string") {
      for (const name of READ) {
        const value = props[name];
        if (typeof value === "string") props[name] = escapeControlChars(value);
      }
    }
    if (props.children !== undefined) props.children = visible(props.children);
    before?.(node);
  };
}

function visible(children: unknown): unknown {
  if (typeof children === "string") return escapeControlChars(children);
  return Array.isArray(children) ? children.map(visible) : children;
}
