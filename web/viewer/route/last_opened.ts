/** The set and the sample of each set that were opened last, from which keys go on in the lists. */
export const lastOpened: {
  set: string | null;
  readonly samples: Map<string, string>;
} = { set: null, samples: new Map() };
