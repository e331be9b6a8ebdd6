import type { VNode } from "npm:preact@10.29.8";
import { useState } from "npm:preact@10.29.8/hooks";

/** Buttons that copy texts, by what they copy, such as `answer`. */
export function CopyButtons(
  { texts }: { readonly texts: readonly (readonly [string, () => string])[] },
): VNode {
  const [said, setSaid] = useState("");
  const copy = async (what: string, text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(`Copied ${what}`);
    } catch {
      setSaid("The browser does not allow copying");
    }
  };
  return (
    <p class="copy">
      {texts.map(([what, text]) => (
        <button
          type="button"
          key={what}
          onClick={() => copy(what, text())}
        >
          Copy {what}
        </button>
      ))}
      <span role="status" class="note">{said}</span>
    </p>
  );
}
