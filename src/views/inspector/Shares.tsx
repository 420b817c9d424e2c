import type { ReactNode } from 'react';
import { strings } from '../../strings/index.ts';
import { formatFixed } from '../../strings/numbers.ts';
import { useHandle, usePointer } from '../context.ts';
import type { Share } from './selected-cell.ts';
import { decimalsForLargest, writtenParts } from './written.ts';

const text = strings.inspector;

function shareLabel(share: Share): ReactNode {
  switch (share.kind) {
    case 'mean':
      return (
        <>
          {text.mean} <i className="symbol">μ</i>
        </>
      );
    case 'userBias':
      return (
        <>
          {text.userBias} <i className="symbol">b</i>
          <sub className="symbol">u</sub>
        </>
      );
    case 'itemBias':
      return (
        <>
          {text.itemBias} <i className="symbol">b</i>
          <sub className="symbol">i</sub>
        </>
      );
    case 'factor':
      return text.factor(share.number);
    case 'others':
      return text.others(share.number);
  }
}

interface Props {
  readonly shares: readonly Share[];
  readonly sum: number;
  /** Where there are many factors: how many, whether each has its line, and how to have it. */
  readonly all?: { readonly k: number; readonly on: boolean; readonly onChange: (on: boolean) => void };
}

/** Each share and their sum, with digits enough for the factors' and so that the column adds up as printed. */
function writtenShares(shares: readonly Share[], sum: number): { parts: readonly string[]; sum: string } {
  const factors = shares.filter(({ kind }) => kind === 'factor' || kind === 'others').map(({ value }) => value);
  const decimals = decimalsForLargest(factors);
  const values = shares.map(({ value }) => value);
  return { parts: writtenParts(values, sum, decimals), sum: formatFixed(sum, decimals) };
}

/**
 * What adds up to r̂, as signed bars from a common zero:
 *
 *     low ────┬──── 0 ────────── high        low = min(0, shares), high = max(0, shares)
 *             └─ −  │ + ──────┘
 *
 * Pointing at a factor's share lights its cells in P and Qᵀ, and a cell pointed at lights its share.
 */
export function Shares({ shares, sum, all }: Props) {
  const { pointer, lesson } = useHandle();
  const lit = usePointer((state) => state.hovered?.factor ?? null);
  const point = (factor: number | null) => {
    const { hover, selected } = pointer.getState();
    hover(factor === null ? null : { ...selected, factor });
  };
  const low = Math.min(0, ...shares.map((share) => share.value));
  const high = Math.max(0, ...shares.map((share) => share.value));
  const span = high - low;
  const written = writtenShares(shares, sum);
  const place = (value: number) => (span > 0 && Number.isFinite(span) ? ((value - low) / span) * 100 : 0);
  return (
    <section className="inspect-part" aria-label={text.shares}>
      <h3 className="inspect-heading">{text.shares}</h3>
      <dl className="shares">
        {shares.map((share, at) => {
          const from = place(Math.min(0, share.value));
          const to = place(Math.max(0, share.value));
          return (
            <div
              key={`${share.kind}-${share.number}`}
              className={share.kind === 'factor' && share.number - 1 === lit ? 'share share-lit' : 'share'}
              onPointerEnter={() => share.kind === 'factor' && point(share.number - 1)}
              onPointerLeave={() => share.kind === 'factor' && point(null)}
            >
              <dt>{shareLabel(share)}</dt>
              <dd className="share-bar" aria-hidden="true">
                <span
                  className={share.value < 0 ? 'share-fill negative' : 'share-fill'}
                  style={{ left: `${from}%`, width: `${to - from}%` }}
                />
                {low < 0 && <span className="share-zero" style={{ left: `${place(0)}%` }} />}
              </dd>
              <dd className="share-value numbers">{written.parts[at]}</dd>
            </div>
          );
        })}
        <div className="share share-sum">
          <dt>
            {text.sum} = <i className="symbol">r̂</i>
          </dt>
          <dd className="share-bar" aria-hidden="true" />
          <dd className="share-value numbers">{written.sum}</dd>
        </div>
      </dl>
      {all && (
        <button type="button" className="button" onClick={() => all.onChange(!all.on)}>
          {all.on ? text.largestShares : text.allShares(all.k)}
        </button>
      )}
      <p className="muted small">
        {text.arithmetic}
        {/* Lesson 14 asks what turning changes before it says so. */}
        {!lesson && text.turned}
      </p>
    </section>
  );
}
