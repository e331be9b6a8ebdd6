/** Splits text into lines without line endings. */
export class TextLineStream extends TransformStream<string, string> {}
