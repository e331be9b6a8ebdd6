import { useEffect, useState } from "npm:preact@10.29.8/hooks";

/** What has come, or why it has not. */
export interface Loaded<T> {
  readonly value: T | null;
  readonly error: Error | null;
  readonly loading: boolean;
}

/** How something is loaded. */
export interface LoadOptions {
  /** What is loaded: where it becomes another, what had come is forgotten. */
  readonly key: string;
  /** Which state of it: where it changes, it is loaded anew and the old one stays until then. */
  readonly version?: unknown;
  /** Milliseconds to wait first: what is only scrolled past is not asked for. */
  readonly delayMs?: number;
}

/** Loads something, and shows the last that is asked for. */
export function useLoaded<T>(
  load: (() => Promise<T>) | null,
  { key, version, delayMs = 0 }: LoadOptions,
): Loaded<T> {
  const [state, setState] = useState<Loaded<T> & { readonly of: string }>({
    value: null,
    error: null,
    loading: true,
    of: key,
  });
  const asked = load !== null;
  useEffect(() => {
    if (load === null) return;
    let ended = false;
    const begin = async () => {
      try {
        const value = await load();
        if (!ended) setState({ value, error: null, loading: false, of: key });
      } catch (error) {
        if (ended) return;
        setState((last) => ({
          value: last.of === key ? last.value : null,
          error: error as Error,
          loading: false,
          of: key,
        }));
      }
    };
    const timer = delayMs > 0 ? setTimeout(begin, delayMs) : undefined;
    if (timer === undefined) begin();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [key, version, asked]);
  return state.of === key && asked
    ? state
    : { value: null, error: null, loading: asked };
}
