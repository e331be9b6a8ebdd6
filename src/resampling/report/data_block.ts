/** An element with data as JSON, which no text in the data can end. */
export function dataBlock(id: string, value: unknown): string {
  return `${blockStart(id)}${escapeJsonForHtml(value)}${BLOCK_END}`;
}

/** The start of a data element that is written in parts. */
export function blockStart(id: string): string {
  return `<script type="application/json" id="${id}">`;
}

export const BLOCK_END = "</script>";

/** JSON without `<`, which could start a tag or a comment. */
export function escapeJsonForHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
