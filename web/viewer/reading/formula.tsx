import katex from "npm:katex@0.19.1";
import type { VNode } from "npm:preact@10.29.8";
import { useLayoutEffect, useRef } from "npm:preact@10.29.8/hooks";
import { escapeControlChars } from "../../../src/util/escape_control_chars.ts";
import { whenNear } from "./when_near.ts";

/** The longest LaTeX that is typeset; longer formulas stay text. */
const LONGEST = 3_000;

/** A formula, typeset when it is near the window; its LaTeX if it cannot be typeset. */
export function Formula(
  { text, source, isBlock }: {
    /** The LaTeX with its delimiters. */
    readonly text: string;
    readonly source: string;
    readonly isBlock: boolean;
  },
): VNode {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const element = place.current!;
    if (!isTypeset(source)) return;
    return whenNear(element, () => typeset(element, source, isBlock));
  }, []);
  // Another formula gets another element, because KaTeX replaces the text in it.
  return (
    <span ref={place} class={isBlock ? "formula block-formula" : "formula"}>
      {text}
    </span>
  );
}

/** Whether a formula may be typeset. `\fcolorbox` needs a style, which the page's policy forbids. */
function isTypeset(source: string): boolean {
  return source.length <= LONGEST && !/\\fcolorbox/.test(source) &&
    escapeControlChars(source) === source;
}

/** Replaces the text of an element by a formula. KaTeX follows no link and loads nothing without trust. */
function typeset(
  element: HTMLElement,
  source: string,
  displayMode: boolean,
): void {
  const holder = document.createElement("span");
  try {
    katex.render(source, holder, {
      displayMode,
      // Needs no fonts and no style sheet.
      output: "mathml",
      trust: false,
      strict: "ignore",
      maxExpand: 200,
      maxSize: 20,
    });
  } catch {
    // The text stays.
    return;
  }
  element.replaceChildren(...holder.childNodes);
}
