import { fetchPost } from "../fetch_post.ts";
import type { Post } from "../post.ts";

/** Sends POST requests with Deno's `fetch`. */
export const post = ((request) => fetchPost(request, fetch)) satisfies Post;
