/** The tag with which a model's reasoning begins. */
export const OPEN_TAG = "<think>";

/** The tag with which it ends. */
export const CLOSE_TAG = "</think>";
