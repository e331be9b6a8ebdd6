import type { VNode } from "npm:preact@10.29.8";
import { useEffect, useRef } from "npm:preact@10.29.8/hooks";

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [["/"], "search"],
  [["j", "→"], "next sample; j: also next set"],
  [["k", "←"], "previous sample; k: also previous set"],
  [["↓", "↑"], "sample below or above"],
  [["Enter"], "open the sample"],
  [["1", "…", "6"], "number of samples side by side"],
  [["t"], "samples as cards or as a table"],
  [["n", "p"], "next or previous match in a sample"],
  [["Home", "End"], "first or last row of the table"],
  [["d"], "select a sample; with two, compare them"],
  [["Esc"], "go back or close"],
  [["?"], "this help"],
];

/** A dialog that lists the keys. */
export function Help({ onClose }: { readonly onClose: () => void }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current!.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="help"
      aria-labelledby="help-title"
      onClose={onClose}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget) currentTarget.close();
      }}
    >
      <div>
        <h2 id="help-title" tabIndex={-1} autofocus>Help</h2>
        <dl>
          {KEYS.map(([keys, what]) => (
            <div key={what}>
              <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <p class="note">
          A search finds prompts and samples that contain all words. Quotes
          search for a phrase. Times are in the time zone of this computer. The
          address contains filters, order, and the right answer, so you can save
          or share it. “≥” marks a sum to which some samples report nothing. A
          prefill is “continued” if the model went on from it, and “restarted”
          if the model ignored it.
        </p>
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </div>
    </dialog>
  );
}
