/**
 * Signed bars from a common zero, one for each value:
 *
 *     low ────┬──── 0 ────────── high        low = min(0, values), high = max(0, values)
 *             └─ −  │ + ──────┘
 */
export interface BarRange {
  readonly low: number;
  readonly high: number;
}

export function barRange(values: readonly number[]): BarRange {
  return { low: Math.min(0, ...values), high: Math.max(0, ...values) };
}

/** One bar; the number stands beside it, so it is hidden from assistive technology. */
export function Bar({ value, range }: { value: number; range: BarRange }) {
  const span = range.high - range.low;
  const place = (x: number) => (span > 0 && Number.isFinite(span) ? ((x - range.low) / span) * 100 : 0);
  const from = place(Math.min(0, value));
  const to = place(Math.max(0, value));
  return (
    <span className="understand-bar" aria-hidden="true">
      <span
        className={value < 0 ? 'share-fill negative' : 'share-fill'}
        style={{ left: `${from}%`, width: `${Math.max(0, to - from)}%` }}
      />
      <span className="share-zero" style={{ left: `${place(0)}%` }} />
    </span>
  );
}
