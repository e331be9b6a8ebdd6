import UPNG from "npm:upng-js@2.1.0";

/** The number of colors of a picture. Pages have few, and the packages contain the pictures. */
const COLORS = 64;

/** Saves a screenshot as a PNG file with a palette, at a third of its size. */
export async function savePicture(
  path: string,
  png: Uint8Array,
): Promise<void> {
  const { buffer } = new Uint8Array(png);
  const image = UPNG.decode(buffer);
  const { width, height } = image;
  const reduced = UPNG.encode(UPNG.toRGBA8(image), width, height, COLORS);
  await Deno.writeFile(path, new Uint8Array(reduced));
}
