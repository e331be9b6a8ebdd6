/**
 * The viewer: a web page of a cache, served or exported as one file.
 *
 * @module
 */

export { CacheView, type CacheViewOptions } from "./cache_view.ts";
export { exportView } from "./export_view.ts";
export type { ViewAnswerRule } from "./view_data.ts";
export { newToken, viewerHandler } from "./viewer_handler.ts";
