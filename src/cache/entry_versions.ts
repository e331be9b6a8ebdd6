/** The versions of the format, as in each entry. Entries of the Python package have none. */
export const ENTRY_VERSIONS = {
  /** Without references. */
  whole: 1,
  /** Values that also appear elsewhere in the entry are references. */
  references: 2,
} as const;
