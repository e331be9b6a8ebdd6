/** What the address names. */
export interface Route {
  readonly page: "sets" | "set" | "compare" | "unknown";
  /** The whole path, which {@linkcode address} is given. */
  readonly path: readonly string[];
  /** The ids in it: of a set, and of a sample; or of two sets. */
  readonly ids: readonly string[];
  /** Filters, order and what else is chosen. */
  readonly query: Query;
}

/** What is chosen on a page, by name. */
export type Query = Readonly<Record<string, string>>;

const PAGES: Readonly<Record<string, { page: Route["page"]; ids: number[] }>> =
  {
    "": { page: "sets", ids: [0] },
    set: { page: "set", ids: [1, 2] },
    compare: { page: "compare", ids: [2] },
  };

/** The route of an address's part behind `#`. */
export function parseRoute(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#?\/?/, "").split("?", 2);
  const [first = "", ...rest] = path.split("/").filter((part, place) =>
    place === 0 || part !== ""
  );
  const ids = rest.map(decoded);
  const found = Object.hasOwn(PAGES, first) ? PAGES[first] : undefined;
  const query = Object.fromEntries(new URLSearchParams(search));
  const all = first === "" ? ids : [first, ...ids];
  return found?.ids.includes(ids.length)
    ? { page: found.page, path: all, ids, query }
    : { page: "unknown", path: all, ids: [], query: {} };
}

/** The part of an address behind which a page is found; empty values are left out. */
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
