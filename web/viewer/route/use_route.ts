import { useLayoutEffect, useState } from "npm:preact@10.29.8/hooks";
import { listAddress, remember } from "./last_opened.ts";
import { address, parseRoute, type Query, type Route } from "./route.ts";

/** Returns the current route. Listens before the first paint, so that no change is missed. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  remember(route);
  useLayoutEffect(() => {
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

/** Opens the list of sets as it was left. */
export function goToList(): void {
  location.hash = listAddress();
}

/** Changes choices on this page without an entry in the browser's history. */
export function choose(changes: Query): void {
  const { path, query } = parseRoute(location.hash);
  const hash = address(path, { ...query, ...changes });
  history.replaceState(null, "", location.pathname + location.search + hash);
  dispatchEvent(new Event("hashchange"));
}
