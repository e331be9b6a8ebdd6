/** Describes why an entry is not that of a request, by the field that differs. */
export function foreignReason(field: string): string {
  return field === "version"
    ? "a newer release of this package wrote it"
    : `it belongs to another request: its ${field} differs`;
}
