import type { EndpointInfo } from "../../../mod.ts";
import { shownPrice } from "../flags/catalog_flags.ts";
import type { Column } from "./print_table.ts";

/** A provider's offer: its identity and its prices. */
export type Offer = Pick<
  EndpointInfo,
  | "provider"
  | "tag"
  | "quantization"
  | "promptUsdPerMillion"
  | "completionUsdPerMillion"
>;

/** The first columns of every table of providers' offers. */
export const OFFER_COLUMNS: readonly Column<Offer>[] = [
  ["PROVIDER", "left", ({ provider }) => provider],
  ["TAG", "left", ({ tag }) => tag],
  ["WEIGHTS", "left", ({ quantization }) => quantization ?? "?"],
  ["IN", "right", (offer) => shownPrice(offer.promptUsdPerMillion)],
  ["OUT", "right", (offer) => shownPrice(offer.completionUsdPerMillion)],
];
