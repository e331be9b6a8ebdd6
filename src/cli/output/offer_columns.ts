import type { EndpointInfo } from "../../../mod.ts";
import { shownPrice } from "../flags/catalog_flags.ts";
import type { RowColumn } from "./show_rows.ts";

/** What a provider offers: what tells it from others, and its prices. */
export type Offer = Pick<
  EndpointInfo,
  | "provider"
  | "tag"
  | "quantization"
  | "promptUsdPerMillion"
  | "completionUsdPerMillion"
>;

/** The columns of tables of providers' offers that they all begin with. */
export const OFFER_COLUMNS: readonly RowColumn<Offer>[] = [
  { head: "PROVIDER", align: "left", cell: ({ provider }) => provider },
  { head: "TAG", align: "left", cell: ({ tag }) => tag },
  {
    head: "WEIGHTS",
    align: "left",
    cell: ({ quantization }) => quantization ?? "?",
  },
  {
    head: "IN",
    align: "right",
    cell: (offer) => shownPrice(offer.promptUsdPerMillion),
  },
  {
    head: "OUT",
    align: "right",
    cell: (offer) => shownPrice(offer.completionUsdPerMillion),
  },
];
