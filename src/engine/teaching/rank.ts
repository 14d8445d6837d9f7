/**
 * Rank of a matrix of measured numbers: how many of its rows are independent, up to rounding. Gaussian elimination in
 * double precision, with the largest element left as the pivot of each step; what is left at or below
 * `tolerance` times the matrix's largest element counts as rounding.
 *
 * @param matrix rows x columns values, row by row; it stays as it is
 * @param tolerance relative to the largest element; the default suits values that were rounded to float32
 * @throws RangeError where there are not rows x columns values
 */
export function numericalRank(matrix: ArrayLike<number>, rows: number, columns: number, tolerance = 1e-5): number {
  if (matrix.length !== rows * columns)
    throw new RangeError(`A ${rows} × ${columns} matrix has ${rows * columns} values, not ${matrix.length}.`);
  const left = Array.from({length: rows}, (_, row) => Float64Array.from({length: columns}, (_, column) => matrix[row * columns + column]!));
  const negligible = tolerance * largest(left, 0, 0).value;
  const most = Math.min(rows, columns);
  for (let rank = 0; rank < most; rank++) {
    const pivot = largest(left, rank, rank);
    if (pivot.value <= negligible) return rank;
    [left[rank], left[pivot.row]] = [left[pivot.row]!, left[rank]!];
    for (const row of left) [row[rank], row[pivot.column]] = [row[pivot.column]!, row[rank]!];
    const top = left[rank]!;
    for (const row of left.slice(rank + 1)) {
      const factor = row[rank]! / top[rank]!;
      for (let column = rank; column < columns; column++) row[column]! -= factor * top[column]!;
    }
  }
  return most;
}

/** The largest absolute value from a row and a column on, and where it is. */
function largest(matrix: readonly Float64Array[], fromRow: number, fromColumn: number): {value: number; row: number; column: number} {
  let found = {value: 0, row: fromRow, column: fromColumn};
  for (let row = fromRow; row < matrix.length; row++) {
    for (let column = fromColumn; column < matrix[row]!.length; column++) {
      const value = Math.abs(matrix[row]![column]!);
      if (value > found.value) found = {value, row, column};
    }
  }
  return found;
}
