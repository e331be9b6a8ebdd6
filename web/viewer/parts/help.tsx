import type { VNode } from "npm:preact@10.29.8";
import { useEffect, useRef } from "npm:preact@10.29.8/hooks";

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [["/"], "search"],
  [["j", "→"], "the next sample; j: the next set, too"],
  [["k", "←"], "the one before"],
  [["↓", "↑"], "the samples below and above"],
  [["Enter"], "open it"],
  [["1", "…", "6"], "samples side by side"],
  [["d"], "choose a sample for differences; with two, show them"],
  [["Esc"], "back, or close"],
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
        <h2 id="help-title">Keys</h2>
        <dl>
          {KEYS.map(([keys, what]) => (
            <div key={what}>
              <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <p class="note">
          A search finds texts that have all words; words in quotes follow each
          other. Filters, order and what is right stay in the address, so that
          it can be kept and shared.
        </p>
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </div>
    </dialog>
  );
}
