/** A tensor in a file of weights. */
export interface EncodedTensor {
  /** "F16" or "F32". */
  readonly format: string;
  /** The little-endian numbers in base64. */
  readonly data: string;
}

/**
 * Decodes the numbers of a tensor.
 *
 * @throws {RangeError} If its format is neither "F16" nor "F32".
 */
export function decodeFloats({ format, data }: EncodedTensor): Float32Array {
  const view = decodeBase64(data);
  switch (format) {
    case "F16": {
      const floats = new Float32Array(view.byteLength / 2);
      for (let i = 0; i < floats.length; i++) {
        floats[i] = decodeHalf(view.getUint16(i * 2, true));
      }
      return floats;
    }
    case "F32": {
      const floats = new Float32Array(view.byteLength / 4);
      for (let i = 0; i < floats.length; i++) {
        floats[i] = view.getFloat32(i * 4, true);
      }
      return floats;
    }
    default:
      throw new RangeError(`unknown format "${format}" of a tensor`);
  }
}

/** Decodes base64. Node supports `Uint8Array.fromBase64` only from version 25 on. */
function decodeBase64(data: string): DataView {
  const binary = atob(data);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return new DataView(bytes.buffer);
}

/**
 * Decodes an IEEE 754 number of 16 bits. Node supports `DataView.getFloat16` only from version 24
 * on.
 */
function decodeHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
