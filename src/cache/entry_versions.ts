/** The versions of the format, as in each entry. Entries of the Python package have none. */
export const ENTRY_VERSIONS = {
  /** Every value stands in the entry. */
  whole: 1,
  /** A value that the entry has already is a reference. */
  references: 2,
} as const;
