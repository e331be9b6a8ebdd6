/** Data that no text in it can end: without `<` there is neither a tag nor a comment. */
export function dataBlock(id: string, value: unknown): string {
  return `${blockStart(id)}${escapeJsonForHtml(value)}${BLOCK_END}`;
}

/** Where a block of data begins, which is written in parts. */
export function blockStart(id: string): string {
  return `<script type="application/json" id="${id}">`;
}

/** Where it ends. */
export const BLOCK_END = "</script>";

/** JSON as it may stand in a block. */
export function escapeJsonForHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
