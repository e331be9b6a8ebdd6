import type { EndpointInfo } from "../../../mod.ts";
import { formatPrice } from "./format_values.ts";
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
  ["IN", "right", (offer) => formatPrice(offer.promptUsdPerMillion)],
  ["OUT", "right", (offer) => formatPrice(offer.completionUsdPerMillion)],
];
