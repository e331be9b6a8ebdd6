/** How far outside of the window, in pixels, elements are completed. */
const MARGIN = 1_000;

const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | null = null;

/**
 * Calls a function once an element is near the window, or before the page is printed. Returns a function
 * that cancels it.
 */
export function whenNear(element: Element, act: () => void): () => void {
  observer ??= observed();
  waiting.set(element, act);
  observer.observe(element);
  return () => {
    waiting.delete(element);
    observer?.unobserve(element);
  };
}

function observed(): IntersectionObserver {
  const seen = (element: Element) => {
    waiting.get(element)?.();
    waiting.delete(element);
    observer?.unobserve(element);
  };
  addEventListener("beforeprint", () => [...waiting.keys()].forEach(seen));
  return new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) seen(target);
    }
  }, { rootMargin: `${MARGIN}px` });
}
