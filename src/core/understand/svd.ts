/** M = U S Vᵀ of a square matrix: U, V orthogonal (k × k, row by row), singular values from the greatest to the least. */
export interface Svd {
  readonly U: Float64Array;
  readonly singular: Float64Array;
  readonly V: Float64Array;
}

/** Sweeps after which the columns are taken as they are; six to ten are usual. */
const SWEEP_LIMIT = 60;
/** The distance between 1 and the next double. */
const EPSILON = 2.220446049250313e-16;

/**
 * Singular values of a k × k matrix by one-sided Jacobi rotations: pairs of columns of M are turned until all are orthogonal,
 *
 *     M V = U S        tan of the angle: t = sign(ζ) / (|ζ| + √(1 + ζ²)),   ζ = (b·b − a·a) / (2·a·b)
 *
 * so it needs +, −, ×, ÷ and √ alone, and gives the same bits everywhere. Columns of U that belong to a singular value of 0
 * are filled up to an orthogonal matrix. Source: Golub and Van Loan, Matrix Computations, 8.6.3.
 */
export function decompose(M: Float64Array, k: number): Svd {
  const A = M.slice();
  const V = identity(k);
  for (let sweep = 0, turned = true; turned && sweep < SWEEP_LIMIT; sweep += 1) {
    turned = false;
    for (let a = 0; a < k - 1; a += 1) {
      for (let b = a + 1; b < k; b += 1) turned = orthogonalize(A, V, k, a, b) || turned;
    }
  }
  const lengths = Float64Array.from({ length: k }, (_, column) => Math.sqrt(dotOfColumns(A, A, k, column, column)));
  const order = Array.from({ length: k }, (_, column) => column);
  order.sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0) || a - b);
  const singular = Float64Array.from(order, (column) => lengths[column] ?? 0);
  const U = new Float64Array(k * k);
  const sortedV = new Float64Array(k * k);
  const nothing = (singular[0] ?? 0) * k * EPSILON;
  order.forEach((from, to) => {
    const length = singular[to] ?? 0;
    for (let row = 0; row < k; row += 1) {
      sortedV[row * k + to] = V[row * k + from] ?? 0;
      if (length > nothing) U[row * k + to] = (A[row * k + from] ?? 0) / length;
    }
    if (length <= nothing) fillColumn(U, k, to);
  });
  return { U, singular, V: sortedV };
}

/** k × k. */
export function identity(k: number): Float64Array {
  return Float64Array.from({ length: k * k }, (_, at) => (at % (k + 1) === 0 ? 1 : 0));
}

/** Column a of A times column b of B. */
function dotOfColumns(A: Float64Array, B: Float64Array, k: number, a: number, b: number): number {
  let dot = 0;
  for (let row = 0; row < k; row += 1) dot += (A[row * k + a] ?? 0) * (B[row * k + b] ?? 0);
  return dot;
}

/** Turns columns a and b of A, and of V with them, until they are orthogonal; false when they were. */
function orthogonalize(A: Float64Array, V: Float64Array, k: number, a: number, b: number): boolean {
  const aa = dotOfColumns(A, A, k, a, a);
  const bb = dotOfColumns(A, A, k, b, b);
  const ab = dotOfColumns(A, A, k, a, b);
  // Nearer to orthogonal than this, rounding alone would go on turning them.
  if (Math.abs(ab) <= (k + 4) * EPSILON * Math.sqrt(aa) * Math.sqrt(bb)) return false;
  const zeta = (bb - aa) / (2 * ab);
  const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = c * t;
  for (const matrix of [A, V]) {
    for (let row = 0; row < k; row += 1) {
      const x = matrix[row * k + a] ?? 0;
      const y = matrix[row * k + b] ?? 0;
      matrix[row * k + a] = c * x - s * y;
      matrix[row * k + b] = s * x + c * y;
    }
  }
  return true;
}

/** Fills a column with a unit vector orthogonal to all before it: of the axes, what is left of the one that has most left. */
function fillColumn(U: Float64Array, k: number, column: number): void {
  let best = new Float64Array(k);
  let most = 0;
  for (let axis = 0; axis < k; axis += 1) {
    const left = new Float64Array(k);
    left[axis] = 1;
    // Twice, because what one pass leaves of a nearly dependent axis is rounding.
    for (let pass = 0; pass < 2; pass += 1) {
      for (let before = 0; before < column; before += 1) {
        let dot = 0;
        for (let row = 0; row < k; row += 1) dot += (left[row] ?? 0) * (U[row * k + before] ?? 0);
        for (let row = 0; row < k; row += 1) left[row] = (left[row] ?? 0) - dot * (U[row * k + before] ?? 0);
      }
    }
    let square = 0;
    for (const value of left) square += value * value;
    if (square > most) {
      most = square;
      best = left;
    }
  }
  const length = Math.sqrt(most);
  for (let row = 0; row < k; row += 1) U[row * k + column] = (best[row] ?? 0) / length;
}
