import { useEffect, useState } from "npm:preact@10.29.8/hooks";
import { address, parseRoute, type Query, type Route } from "./route.ts";

/** The page's route, which follows the address. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = () => setRoute(parseRoute(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return route;
}

/** Goes to another page, so that the browser's button goes back to this one. */
export function goTo(path: readonly string[], query: Query = {}): void {
  location.hash = address(path, query);
}

/** Changes what is chosen on this page; the browser's button passes it over. */
export function choose(changes: Query): void {
  const { path, query } = parseRoute(location.hash);
  const hash = address(path, { ...query, ...changes });
  history.replaceState(null, "", location.pathname + location.search + hash);
  dispatchEvent(new Event("hashchange"));
}
