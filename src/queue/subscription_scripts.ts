import renew from "./lua/renew.lua" with { type: "text" };
import functions from "./lua/subscriptions.lua" with { type: "text" };
import unsubscribe from "./lua/unsubscribe.lua" with { type: "text" };

/** Unsubscribes a coordinator from a sample. */
export const UNSUBSCRIBE_SCRIPT: string = `${functions}\n${unsubscribe}`;

/** Renews the lease of a coordinator. */
export const RENEW_SCRIPT: string = `${functions}\n${renew}`;
