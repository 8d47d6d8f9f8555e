/** The one row that an INSERT … RETURNING gave back. */
export function inserted<Row>(rows: Row[]): Row {
  const [row, ...others] = rows;
  if (row === undefined || others.length > 0) throw new Error(`One row was expected, ${rows.length} came back`);
  return row;
}
