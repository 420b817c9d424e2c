/** The two looks of the page. */
export type ThemeName = 'light' | 'dark';

/** The design tokens as values, for whoever paints on a canvas or an SVG. */
export interface Tokens {
  readonly paper: string;
  readonly panel: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly edge: string;
  readonly seen: string;
  readonly unseen: string;
  readonly focus: string;
  readonly soft: string;
  readonly pinned: string;
}

/**
 * The same values as `tokens.css`, which the page reads; a test holds the two together. (A canvas cannot read a custom
 * property without asking the style engine at every frame.)
 */
export const TOKENS: Readonly<Record<ThemeName, Tokens>> = {
  light: {
    paper: '#fbfaf7',
    panel: '#ffffff',
    ink: '#1f2328',
    muted: '#5f646d',
    line: '#e3dfd6',
    edge: '#857e70',
    seen: '#0f766e',
    unseen: '#c2410c',
    focus: '#1d4ed8',
    soft: '#f3f0e9',
    pinned: '#7b8088',
  },
  dark: {
    paper: '#14161a',
    panel: '#1b1e24',
    ink: '#e8e6e1',
    muted: '#9aa0aa',
    line: '#2d3139',
    edge: '#737a87',
    seen: '#2dd4bf',
    unseen: '#fb923c',
    focus: '#93c5fd',
    soft: '#22262d',
    pinned: '#737a87',
  },
};

/** The page's font, for canvases. */
export const SANS = '"Inter Variable", system-ui, sans-serif';
