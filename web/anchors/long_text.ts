import { cutAt } from "../../src/util/cut_at.ts";
import { element } from "./element.ts";

/** How many more characters a click shows; browsers take seconds to lay out millions. */
const STEP = 100_000;

/** A text of any length: its beginning, and a button that shows more. */
export function longText(text: string, first: number): DocumentFragment {
  const shown = document.createDocumentFragment();
  const whole = element("span", { class: "text", dir: "auto" });
  let from = cutAt(text, first);
  whole.append(element("span", {}, text.slice(0, from)));
  shown.append(whole);
  if (from === text.length) return shown;
  const more = element("button", { type: "button", class: "more" });
  const label = () => {
    const left = text.length - from;
    const next = Math.min(left, STEP).toLocaleString("en");
    more.textContent = left > STEP
      ? `Show ${next} of ${left.toLocaleString("en")} more characters`
      : `Show ${next} more characters`;
  };
  more.addEventListener("click", () => {
    const to = cutAt(text, from + STEP);
    whole.append(element("span", {}, text.slice(from, to)));
    from = to;
    if (from < text.length) label();
    else more.remove();
  });
  label();
  shown.append(" ", more);
  return shown;
}
