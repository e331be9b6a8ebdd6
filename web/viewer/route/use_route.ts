import { useLayoutEffect, useState } from "npm:preact@10.29.8/hooks";
import { address, parseRoute, type Query, type Route } from "./route.ts";

/** The choices on the page of all sets when it was last shown. */
let listQuery: Query = {};

/** Returns the current route. Listens before the first paint, so that no change is missed. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  if (route.page === "sets") listQuery = route.query;
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

/** Returns the address of the page of all sets, with its filters and order as they were left. */
export function listAddress(): string {
  return address([], listQuery);
}

/** Changes choices on this page without an entry in the browser's history. */
export function choose(changes: Query): void {
  const { path, query } = parseRoute(location.hash);
  const hash = address(path, { ...query, ...changes });
  history.replaceState(null, "", location.pathname + location.search + hash);
  dispatchEvent(new Event("hashchange"));
}
