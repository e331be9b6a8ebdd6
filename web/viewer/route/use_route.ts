import { useEffect, useState } from "npm:preact@10.29.8/hooks";
import { address, parseRoute, type Query, type Route } from "./route.ts";

/** Returns the current route. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = () => setRoute(parseRoute(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return route;
}

/** Opens another page with an entry in the browser's history. */
export function goTo(path: readonly string[], query: Query = {}): void {
  location.hash = address(path, query);
}

/** Changes choices on this page without an entry in the browser's history. */
export function choose(changes: Query): void {
  const { path, query } = parseRoute(location.hash);
  const hash = address(path, { ...query, ...changes });
  history.replaceState(null, "", location.pathname + location.search + hash);
  dispatchEvent(new Event("hashchange"));
}
