/**
 * Widths of Inter's glyphs with tabular figures, in em (bold ones are a little wider). Layout has to know whether a number
 * fits before anything is painted, and has to come out the same in a test and in every browser.
 */
const DIGIT = 0.63;
const WIDTHS: Readonly<Record<string, number>> = {
  '.': 0.3,
  ',': 0.3,
  '-': 0.47,
  '−': 0.63,
  '–': 0.6,
  '+': 0.65,
  ' ': 0.28,
  i: 0.25,
  l: 0.25,
  I: 0.28,
  j: 0.26,
  t: 0.36,
  f: 0.36,
  r: 0.38,
  m: 0.88,
  w: 0.8,
  M: 0.9,
  W: 1.02,
  '…': 0.86,
};

/** About how wide a text in the interface's font is, in CSS px: never less than it turns out to be for numbers. */
export function textWidth(text: string, fontSize: number, bold = false): number {
  let em = 0;
  for (const glyph of text) {
    const code = glyph.codePointAt(0) ?? 0;
    em +=
      WIDTHS[glyph] ??
      (code >= 48 && code <= 57 ? DIGIT : code > 0x2e80 ? 1.05 : code >= 65 && code <= 90 ? 0.69 : 0.58);
  }
  return em * fontSize * (bold ? 1.07 : 1);
}
