/**
 * Returns a listener that opens an address when a table row is clicked, but not its links or controls, and
 * not to select text.
 */
export function openOnClick(hash: string) {
  return ({ target }: Event): void => {
    const isUsed = target instanceof Element &&
      target.closest("a, label, input");
    if (!isUsed && getSelection()?.isCollapsed !== false) location.hash = hash;
  };
}
