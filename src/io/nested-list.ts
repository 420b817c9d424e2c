/** A nested list where a value may begin: at the beginning of a line, or assigned to a name, perhaps within `np.array(`. */
const OPENING = /^[ \t]*(?:[A-Za-z_]\w*[ \t]*=[ \t]*)?(?:(?:np|numpy)\.(?:array|matrix)\(\s*)?\[\s*(?=\[)/m;
/** A row, and what may stand between it and the next. */
const ROW = /\s*\[([^[\]]*)\]\s*(,?)/y;
/** A comment of Python: no number contains its sign. */
const COMMENT = /#[^\n\r]*/g;
const BLANK = /^(?:None|null|(?:np\.|numpy\.|math\.)?nan|NaN)$/;

/** Whether a text holds a matrix as programs write it (the notebook's `R = [[5,3,0,1], …]`, or JSON). */
export function holdsNestedList(text: string): boolean {
  return OPENING.test(text);
}

/**
 * The rows of the first nested list in a text: JSON, or Python with comments and a comma behind the last entry. `None`, `null`
 * and NaN are blank cells. What stands before and behind the list is passed over. Null when its brackets do not close.
 *
 *     R = [
 *          [5, 3, 0, 1],     # Ana
 *          [4, None, 0, 1],
 *         ]
 *     R = numpy.array(R)
 */
export function nestedListRows(text: string): string[][] | null {
  const plain = text.replace(COMMENT, '');
  const opening = OPENING.exec(plain);
  if (!opening) return null;
  const rows: string[][] = [];
  let at = opening.index + opening[0].length;
  let more = true;
  while (more) {
    ROW.lastIndex = at;
    const row = ROW.exec(plain);
    // A comma behind the last row.
    if (!row) break;
    const cells = (row[1] ?? '').split(',').map((cell) => cell.trim());
    if (cells.length > 1 && cells.at(-1) === '') cells.pop();
    rows.push(cells.map((cell) => (BLANK.test(cell) ? '' : cell)));
    at = ROW.lastIndex;
    more = row[2] === ',';
  }
  return rows.length > 0 && /^\s*\]/.test(plain.slice(at, at + 1000)) ? rows : null;
}
