import type { Element, ElementContent, Root } from "npm:@types/hast@3.0.4";
import bash from "npm:highlight.js@11.11.1/lib/languages/bash";
import cpp from "npm:highlight.js@11.11.1/lib/languages/cpp";
import java from "npm:highlight.js@11.11.1/lib/languages/java";
import javascript from "npm:highlight.js@11.11.1/lib/languages/javascript";
import json from "npm:highlight.js@11.11.1/lib/languages/json";
import python from "npm:highlight.js@11.11.1/lib/languages/python";
import rust from "npm:highlight.js@11.11.1/lib/languages/rust";
import sql from "npm:highlight.js@11.11.1/lib/languages/sql";
import typescript from "npm:highlight.js@11.11.1/lib/languages/typescript";
import { createLowlight } from "npm:lowlight@3.3.0";
import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import { useLayoutEffect, useRef, useState } from "npm:preact@10.29.8/hooks";
import { whenNear } from "./when_near.ts";

/** The longest code that is highlighted. */
const LONGEST = 20_000;

const LANGUAGES = {
  bash,
  cpp,
  java,
  javascript,
  json,
  python,
  rust,
  sql,
  typescript,
};

let lowlight: ReturnType<typeof createLowlight> | null = null;

/** Code, highlighted when it is near the window if its language is known. */
export function Code(
  { source, language, isBlock }: {
    readonly source: string;
    readonly language: string;
    readonly isBlock: boolean;
  },
): VNode {
  const place = useRef<HTMLElement>(null);
  const [tree, setTree] = useState<Root | null>(null);
  useLayoutEffect(() => {
    if (language === "" || source.length > LONGEST) return;
    return whenNear(
      place.current!,
      () => setTree(highlighted(source, language)),
    );
  }, []);
  const code = (
    <code ref={place}>
      {tree === null ? source : nodes(tree.children)}
    </code>
  );
  return isBlock ? <span class="code-block" tabIndex={0}>{code}</span> : code;
}

function highlighted(source: string, language: string): Root | null {
  lowlight ??= createLowlight(LANGUAGES);
  const name = language.toLowerCase();
  return lowlight.registered(name) ? lowlight.highlight(name, source) : null;
}

/** Returns the tree of highlight.js as elements, without any markup as text. */
function nodes(
  children: readonly (ElementContent | Root["children"][number])[],
): ComponentChildren {
  return children.map((node, place) =>
    node.type === "text"
      ? node.value
      : node.type === "element"
      ? <span key={place} class={className(node)}>{nodes(node.children)}</span>
      : null
  );
}

function className({ properties }: Element): string {
  const { className } = properties;
  return Array.isArray(className) ? className.join(" ") : "";
}
