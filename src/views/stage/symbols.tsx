/** Letters of the formulas in running text: STIX italic, as mathematics writes them. */

/**
 * A letter with a hat. The font has no combining hat, so the hat is drawn by CSS; whoever reads the text finds the letter
 * with its hat.
 */
export function Hat({ of, bold = false }: { readonly of: 'r' | 'R'; readonly bold?: boolean }) {
  return (
    <>
      <span className="visually-hidden">{`${of}\u0302`}</span>
      <i className={`${bold ? 'symbol-bold' : 'symbol'} stage-hat stage-hat-${of}`} aria-hidden="true" />
    </>
  );
}

/** b_u or b_i. */
export function Bias({ of }: { readonly of: 'u' | 'i' }) {
  return (
    <i className="symbol">
      b<sub>{of}</sub>
    </i>
  );
}

/** Q with its T. */
export function TransposedQ() {
  return (
    <>
      Q<sup>T</sup>
    </>
  );
}
