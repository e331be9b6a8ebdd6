/** Code that runs in a page and returns the lowest contrast of a sentence with its background. */
export const LEAST_CONTRAST = `(() => {
  const canvas = document.createElement("canvas").getContext("2d");
  const light = (...colours) => {
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data]
      .map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = getComputedStyle(document.body).backgroundColor;
  return Math.min(...[...document.querySelectorAll(".sentence")].map((sentence) => {
    const { color, backgroundColor } = getComputedStyle(sentence);
    const [a, b] = [light(color), light(paper, backgroundColor)].sort((a, b) => a - b);
    return (b + 0.05) / (a + 0.05);
  }));
})()`;
