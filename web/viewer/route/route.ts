/** The route in the address. */
export interface Route {
  readonly page: "sets" | "set" | "compare" | "unknown";
  /** The whole path, as passed to {@linkcode address}. */
  readonly path: readonly string[];
  /** The ids in the path: of a set and a sample, or of the compared sets. */
  readonly ids: readonly string[];
  /** Filters, order and other choices. */
  readonly query: Query;
}

/** The choices on a page, by name. */
export type Query = Readonly<Record<string, string>>;

/** The pages by the first part of the path, each with its fewest and most ids. */
const PAGES: Readonly<
  Record<string, { page: Route["page"]; ids: readonly [number, number] }>
> = {
  "": { page: "sets", ids: [0, 0] },
  set: { page: "set", ids: [1, 2] },
  compare: { page: "compare", ids: [2, 26] },
};

/** Parses the part of the address after `#`. */
export function parseRoute(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#?\/?/, "").split("?", 2);
  const [first = "", ...rest] = path.split("/").filter((part, place) =>
    place === 0 || part !== ""
  );
  const ids = rest.map(decoded);
  const found = Object.hasOwn(PAGES, first) ? PAGES[first] : undefined;
  const query = Object.fromEntries(new URLSearchParams(search));
  const all = first === "" ? ids : [first, ...ids];
  const [fewest = 1, most = 0] = found?.ids ?? [];
  return found !== undefined && ids.length >= fewest && ids.length <= most
    ? { page: found.page, path: all, ids, query }
    : { page: "unknown", path: all, ids: [], query: {} };
}

/** Returns the address of a page. Empty values are omitted. */
export function address(path: readonly string[], query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== "");
  const search = new URLSearchParams(given).toString();
  return "#/" + path.map(encodeURIComponent).join("/") +
    (search === "" ? "" : `?${search}`);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
