import { useEffect, useState } from "npm:preact@10.29.8/hooks";

/** A loaded value, or why it could not be loaded. */
export interface Loaded<T> {
  readonly value: T | null;
  readonly error: Error | null;
  readonly loading: boolean;
}

/** Options of loading. */
export interface LoadOptions {
  /** The identity of the value. If it changes, the old value is dropped. */
  readonly key: string;
  /** The version of the value. If it changes, the value is reloaded, and the old one stays until then. */
  readonly version?: unknown;
  /** Milliseconds to wait first, so that items that are only scrolled past are not loaded. */
  readonly delayMs?: number;
}

/** Loads a value asynchronously. */
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
