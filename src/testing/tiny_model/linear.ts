/**
 * Multiplies a matrix by each of several vectors: y = Wx.
 *
 * It computes several rows at a time, for two vectors if there are two, so that each number it
 * loads is used more than once. Both ways add in the same order: the result for a vector does not
 * depend on the other vectors.
 *
 * @param weights The matrix, row by row. The numbers of rows and columns must be even.
 * @param x The vectors, one after another.
 * @param y Where the results go, one after another.
 * @param columns The length of each vector of `x`.
 */
export function linear(
  weights: Float32Array,
  x: Float32Array,
  y: Float32Array,
  columns: number,
): void {
  const rows = weights.length / columns;
  let start = 0;
  let out = 0;
  for (; start + columns < x.length; start += 2 * columns, out += 2 * rows) {
    multiplyTwo(
      weights,
      x.subarray(start, start + 2 * columns),
      y.subarray(out, out + 2 * rows),
      columns,
    );
  }
  if (start < x.length) {
    multiplyOne(weights, x.subarray(start), y.subarray(out));
  }
}

function multiplyOne(
  weights: Float32Array,
  x: Float32Array,
  y: Float32Array,
): void {
  const columns = x.length;
  let row = 0;
  for (; row + 6 <= y.length; row += 6) {
    const row0 = row * columns;
    const row1 = row0 + columns;
    const row2 = row1 + columns;
    const row3 = row2 + columns;
    const row4 = row3 + columns;
    const row5 = row4 + columns;
    let sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0, sum4 = 0, sum5 = 0;
    for (let i = 0; i < columns; i += 2) {
      const a = x[i]!;
      const b = x[i + 1]!;
      sum0 += weights[row0 + i]! * a + weights[row0 + i + 1]! * b;
      sum1 += weights[row1 + i]! * a + weights[row1 + i + 1]! * b;
      sum2 += weights[row2 + i]! * a + weights[row2 + i + 1]! * b;
      sum3 += weights[row3 + i]! * a + weights[row3 + i + 1]! * b;
      sum4 += weights[row4 + i]! * a + weights[row4 + i + 1]! * b;
      sum5 += weights[row5 + i]! * a + weights[row5 + i + 1]! * b;
    }
    y[row] = sum0;
    y[row + 1] = sum1;
    y[row + 2] = sum2;
    y[row + 3] = sum3;
    y[row + 4] = sum4;
    y[row + 5] = sum5;
  }
  for (; row < y.length; row++) {
    const start = row * columns;
    let sum = 0;
    for (let i = 0; i < columns; i += 2) {
      sum += weights[start + i]! * x[i]! + weights[start + i + 1]! * x[i + 1]!;
    }
    y[row] = sum;
  }
}

/** The same for two vectors, `a` and `b` of length `columns`. */
function multiplyTwo(
  weights: Float32Array,
  x: Float32Array,
  y: Float32Array,
  columns: number,
): void {
  const rows = y.length / 2;
  for (let row = 0; row < rows; row += 2) {
    const row0 = row * columns;
    const row1 = row0 + columns;
    let a0 = 0, a1 = 0, b0 = 0, b1 = 0;
    for (let i = 0; i < columns; i += 2) {
      const a = x[i]!;
      const nextA = x[i + 1]!;
      const b = x[columns + i]!;
      const nextB = x[columns + i + 1]!;
      const weight0 = weights[row0 + i]!;
      const next0 = weights[row0 + i + 1]!;
      const weight1 = weights[row1 + i]!;
      const next1 = weights[row1 + i + 1]!;
      a0 += weight0 * a + next0 * nextA;
      a1 += weight1 * a + next1 * nextA;
      b0 += weight0 * b + next0 * nextB;
      b1 += weight1 * b + next1 * nextB;
    }
    y[row] = a0;
    y[row + 1] = a1;
    y[rows + row] = b0;
    y[rows + row + 1] = b1;
  }
}
