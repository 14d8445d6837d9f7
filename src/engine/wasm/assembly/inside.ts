/** Of the cells of a row, the first whose columns do not begin before the map. @param left zeros before the first cell */
export function firstInside(left: i32, stride: i32, cells: i32): i32 {
  return min((left + stride - 1) / stride, cells);
}

/**
 * Of the cells of a row, the first behind `begin` whose columns end behind the map.
 *
 * @param width cells of a row that is read
 * @param reach from the first column of a cell's window to its last
 */
export function endInside(begin: i32, width: i32, reach: i32, left: i32, stride: i32, cells: i32): i32 {
  const room = width - 1 - reach + left;
  return room < 0 ? begin : max(begin, min(room / stride + 1, cells));
}
