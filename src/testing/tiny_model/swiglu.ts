/**
 * Combines the two branches of a SwiGLU feed-forward network: yᵢ = silu(gᵢ) uᵢ, where
 * silu(x) = x / (1 + e⁻ˣ).
 *
 * Source: equation 6 of "GLU Variants Improve Transformer" (Shazeer, 2020, arXiv 2002.05202); silu
 * is its Swish with β = 1.
 *
 * @param gate The gate branch, which the result replaces.
 * @param up The other branch.
 */
export function swiglu(gate: Float32Array, up: Float32Array): void {
  for (let i = 0; i < gate.length; i++) {
    const value = gate[i]!;
    gate[i] = value / (1 + Math.exp(-value)) * up[i]!;
  }
}
