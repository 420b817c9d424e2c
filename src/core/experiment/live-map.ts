/** What a cell of the live map shows, after its epochs. */
export type LiveMapFigure = 'rmseHeldOut' | 'rmseSeen' | 'objective';
