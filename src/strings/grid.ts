import { formatCount } from './numbers.ts';

function count(n: number, one: string): string {
  return `${n} ${one}${n === 1 ? '' : 's'}`;
}

export const grid = {
  name: 'Ratings R',
  gap: 'gap',
  cell: (user: string, item: string) => `${user}, ${item}`,
  rating: (user: string, item: string, value: string) => `${user}, ${item}: ${value}`,
  ratingHeldOut: (user: string, item: string, value: string) => `${user}, ${item}: ${value}, held out`,
  /** Beside its name: a rating held out after it was trained on flatters the model. */
  seenUntil: (epoch: number) => `seen until epoch ${formatCount(epoch)}`,
  editing: (user: string, item: string) => `Rating of ${user}, ${item}`,
  renaming: (name: string) => `New name of ${name}`,
  outsideScale: (min: string, max: string) => `Outside the scale ${min} … ${max}; allowed.`,
  keys: 'Arrows move, typing overwrites, Enter or F2 edits, Delete makes a gap, H holds out, Shift+F10 opens the menu.',
  headerKeys: 'F2 renames, Alt and an arrow key move it.',

  addUser: 'Add user',
  addUserShort: 'user',
  addItem: 'Add item',
  addItemShort: 'item',
  cellMenu: 'Cell menu',

  holdOut: 'Hold out',
  returnToTraining: 'Return to training',
  makeGap: 'Make a gap',
  copy: 'Copy',
  paste: 'Paste',
  insertUserAbove: 'Insert user above',
  insertUserBelow: 'Insert user below',
  renameUser: 'Rename user',
  moveUserUp: 'Move user up',
  moveUserDown: 'Move user down',
  removeUsers: (n: number) => (n === 1 ? 'Remove user' : `Remove ${n} users`),
  insertItemLeft: 'Insert item left',
  insertItemRight: 'Insert item right',
  renameItem: 'Rename item',
  moveItemLeft: 'Move item left',
  moveItemRight: 'Move item right',
  removeItems: (n: number) => (n === 1 ? 'Remove item' : `Remove ${n} items`),

  // marks on the loss curve, and the names of undo steps
  markCleared: (rows: number, columns: number) => `gaps ${rows} × ${columns}`,
  markPasted: (rows: number, columns: number) => `paste ${rows} × ${columns}`,
  markFilled: (rows: number, columns: number) => `fill ${rows} × ${columns}`,
  markHeldOut: (user: string, item: string) => `${user}, ${item} held out`,
  markReturned: (user: string, item: string) => `${user}, ${item} back in training`,
  markBlockHeldOut: (rows: number, columns: number) => `${rows} × ${columns} held out`,
  markBlockReturned: (rows: number, columns: number) => `${rows} × ${columns} back in training`,
  markZerosAsGaps: 'zeros read as gaps',
  markAdded: (name: string) => `${name} added`,
  markRemoved: (names: readonly string[]) => (names.length === 1 ? `${names[0]} removed` : `${names.length} removed`),
  markMoved: (name: string) => `${name} moved`,
  markRenamed: (before: string, after: string) => `${before} → ${after}`,
  markScale: (min: string, max: string, step: string) => `scale ${min} … ${max}, step ${step}`,

  nothingPasted: 'Nothing was pasted.',
  keptRating: (value: string) => `The cell keeps ${value}.`,
  keptGap: 'The cell stays a gap.',
  keptName: (name: string) => `“${name}” keeps its name.`,
  zerosPasted: (zeros: number) => `Pasted with ${count(zeros, 'rating')} of 0.`,
  readZerosAsGaps: 'Read zeros as gaps',

  scale: 'Scale',
  scaleMin: 'Scale min',
  scaleMax: 'Scale max',
  scaleStep: 'Scale step',
};
