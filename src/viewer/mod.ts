/**
 * The viewer: a cache as pages see it, served or written as one file.
 *
 * @module
 */

export { CacheView } from "./cache_view.ts";
export type { CacheViewOptions } from "./cache_view_options.ts";
export { exportView } from "./export_view.ts";
export { newToken } from "./new_token.ts";
export type { ViewAnswerRule } from "./view_data.ts";
export { viewerHandler } from "./viewer_handler.ts";
