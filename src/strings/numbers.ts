/** How numbers are written for people. No NaN or Infinity ever gets through: what is not finite reads "too large". */

const TOO_LARGE = '> 1e308';

function guard(x: number, write: (x: number) => string): string {
  if (!Number.isFinite(x)) return TOO_LARGE;
  const text = write(x);
  // "-0.00" reads as a number that it is not.
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/** A readout: the number alone, 4 significant digits: 0.1524, 3.682, 12.35, 1.000e+20. */
export function formatReadout(x: number | null): string {
  if (x === null) return '—';
  return guard(x, (v) =>
    v !== 0 && (Math.abs(v) >= 1e6 || Math.abs(v) < 1e-4) ? v.toExponential(3) : v.toPrecision(4),
  );
}

/** A prediction in a name or a sentence: two decimals (3.84), exponents beyond six digits. */
export function formatPrediction(x: number): string {
  return guard(x, (v) => (Math.abs(v) >= 1e6 ? v.toExponential(2) : v.toFixed(2)));
}

/** A prediction or factor inside a cell, as many decimals as the caller has room for. */
export function formatCell(x: number, decimals: number): string {
  return guard(x, (v) =>
    Math.abs(v) >= 1e4
      ? v.toExponential(0).replace('e+', 'e')
      : v.toFixed(Math.abs(v) >= 100 ? 0 : Math.abs(v) >= 10 ? Math.min(decimals, 1) : decimals),
  );
}

/** A rating or a setting as it was typed: every digit that makes it this number and no other. */
export function formatExact(x: number): string {
  return guard(x, String);
}

/** A factor or an error written out in a formula: three decimals. */
export function formatTerm(x: number): string {
  return guard(x, (v) => (v !== 0 && (Math.abs(v) >= 1e6 || Math.abs(v) < 5e-4) ? v.toExponential(2) : v.toFixed(3)));
}

/** Made once: a picture names hundreds of cells in a frame. */
const COUNTS = new Intl.NumberFormat('en-US');

/** A number of a calculation in which each counts: so many significant digits, exponents only beyond the readable: 0.00920, 1.35. */
export function formatSignificant(x: number, digits: number): string {
  return guard(x, (v) => (Math.abs(v) >= 1e6 ? v.toExponential(digits - 1) : v.toPrecision(digits)));
}

/** A number of a column whose decimals are agreed: as many as are asked, exponents beyond six digits. */
export function formatFixed(x: number, decimals: number): string {
  return guard(x, (v) => (Math.abs(v) >= 1e6 ? v.toExponential(3) : v.toFixed(decimals)));
}

/** A count with thousands separators: 5,000. */
export function formatCount(x: number): string {
  return COUNTS.format(x);
}
