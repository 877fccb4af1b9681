/** The fit of values on some columns. Pure. */

type Matrix = number[][];

/** Inverse of a symmetric matrix by elimination; null where there is none. */
const inverseOf = (matrix: Matrix): Matrix | null => {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [
    ...row,
    ...row.map((_, j) => (i === j ? 1 : 0)),
  ]);
  for (let column = 0; column < size; column += 1) {
    const best = rows.reduce(
      (found, row, i) =>
        i >= column &&
        Math.abs(row[column] ?? 0) > Math.abs(rows[found]?.[column] ?? 0)
          ? i
          : found,
      column
    );
    [rows[column], rows[best]] = [rows[best] ?? [], rows[column] ?? []];
    const pivot = rows[column] ?? [];
    const head = pivot[column] ?? 0;
    if (Math.abs(head) < 1e-9) return null;
    rows[column] = pivot.map((value) => value / head);
    for (const [i, row] of rows.entries()) {
      const factor = row[column] ?? 0;
      if (i !== column && factor)
        rows[i] = row.map(
          (value, j) => value - factor * (rows[column]?.[j] ?? 0)
        );
    }
  }
  return rows.map((row) => row.slice(size));
};

export const dot = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0);

export interface Fit {
  /** A factor for each column. */
  fit: number[];
  /** What each value is above it. */
  left: number[];
  inverse: Matrix;
}

/** Rows of columns and the value of each; null where they do not say it. */
export const leastSquares = (
  rows: readonly (readonly number[])[],
  values: readonly number[]
): Fit | null => {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, i) =>
    rows.map((row) => row[i] ?? 0)
  );
  const inverse = inverseOf(
    columns.map((one) => columns.map((other) => dot(one, other)))
  );
  if (!inverse) return null;
  const right = columns.map((column) => dot(column, values));
  const fit = inverse.map((row) => dot(row, right));
  const left = values.map((value, i) => value - dot(rows[i] ?? [], fit));
  return { fit, left, inverse };
};
