import {
  type Action,
  type CellFocus,
  CONTROL_IDS,
  type ControlId,
  type Focus,
  type PanelId,
} from '../../lessons/lesson.ts';
import type { AppState } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';
import { learn } from '../../strings/learn.ts';

const { panel, playback, stage, grid } = strings;

/** Controls of the model panel, by the names they promise. */
const SETTINGS: Partial<Record<ControlId, string>> = {
  k: panel.factors,
  alpha: panel.learningRate,
  beta: panel.regularization,
  prediction: panel.prediction,
  optimizer: panel.optimizer,
  update: panel.update,
  order: panel.order,
  init: panel.initialization,
  seed: panel.seed,
  'hold-out': panel.holdOut,
};

const BEHIND_MORE: readonly ControlId[] = ['prediction', 'optimizer', 'update', 'order', 'init', 'seed', 'hold-out'];

/** Everything else that a step can point at, as it is found on the page. The first one that is visible counts. */
const PLACES: Partial<Record<ControlId, readonly string[]>> = {
  train: ['.playback-train'],
  reset: ['.playback-reset', '.playback-more-button'],
  'run-to': ['.playback-run-to', '.playback-more-button'],
  speed: ['.playback-speed', '.playback-more-button'],
  playhead: ['.loss [role="slider"]'],
  loss: ['figure.loss'],
  'leave-one-out': ['.readout.heldOut'],
  answer: ['.learn-answer'],
};

/** Biases stand beside the factors that they are added to. */
const BESIDE: Partial<Record<CellFocus['matrix'], string>> = { P: stage.userBiases, Q: stage.itemBiases };

const GRIDS: Record<CellFocus['matrix'], string> = {
  R: grid.name,
  P: stage.factorsP,
  Q: stage.factorsQ,
  Rhat: stage.predictions,
};

/** Whether the control stands in the model panel, and there behind "More settings". */
export function settingOf(focus: Focus): 'panel' | 'more' | null {
  if (!('control' in focus) || SETTINGS[focus.control] === undefined) return null;
  return BEHIND_MORE.includes(focus.control) ? 'more' : 'panel';
}

/** The setting that an action of `show` changes, as something to point at; null for any other action. */
export function settingChangedBy(action: Action | null): Focus | null {
  if (action?.do === 'hold-out-share') return { control: 'hold-out' };
  if (action?.do === 'set-k') return { control: 'k' };
  if (action?.do !== 'set') return null;
  const control = CONTROL_IDS.find((id) => SETTINGS[id] !== undefined && id in action.model);
  return control ? { control } : null;
}

/** Whether it is a part of the loss chart. */
export function isOfChart(focus: Focus): boolean {
  return 'control' in focus && (focus.control === 'loss' || focus.control === 'playhead');
}

/** Whether it is the strip of learning rates, which has its own curve and needs no inspector. */
export function isOfStrip(focus: Focus): boolean {
  return 'panel' in focus && focus.panel === 'strip';
}

/** Whether it is the sweep over k, which stands above the stage as well. */
export function isOfSweep(focus: Focus): boolean {
  return 'panel' in focus && focus.panel === 'sweep';
}

/** Whether it is a panel of the inspector. */
export function isOfInspector(focus: Focus): boolean {
  return 'panel' in focus && !isOfStrip(focus) && !isOfSweep(focus);
}

/** What a step points at, in words. */
export function focusName(focus: Focus, { dataset }: AppState['study']): string {
  if ('control' in focus) return learn.controls[focus.control];
  if ('panel' in focus) return learn.panels[focus.panel];
  const { matrix, user, item, factor } = focus.cell;
  return learn.ofCell(
    learn.matrices[matrix],
    user === undefined ? null : (dataset.users[user - 1] ?? null),
    item === undefined ? null : (dataset.items[item - 1] ?? null),
    factor ?? null,
  );
}

function visible(element: Element | null): element is HTMLElement {
  return element instanceof HTMLElement && element.checkVisibility();
}

function gridNamed(root: ParentNode, name: string): HTMLElement | null {
  const found = root.querySelector(`[role="grid"][aria-label="${name}"], [role="table"][aria-label="${name}"]`);
  return found instanceof HTMLElement ? found : null;
}

/** The place of a row in the window, from 0; null: any. */
function within(shown: Int32Array | null, number: number | undefined): number | null {
  if (number === undefined) return null;
  return shown ? shown.indexOf(number - 1) : number - 1;
}

function cells(focus: CellFocus, root: ParentNode, window: AppState['window']): readonly HTMLElement[] {
  const found = gridNamed(root, GRIDS[focus.matrix]);
  if (!found) return [];
  const user = within(window.users, focus.user);
  const item = within(window.items, focus.item);
  const factor = focus.factor === undefined ? null : focus.factor - 1;
  const [row, column] = focus.matrix === 'P' ? [user, factor] : focus.matrix === 'Q' ? [factor, item] : [user, item];
  if (row === null && column === null) {
    const beside = gridNamed(root, BESIDE[focus.matrix] ?? 'none');
    return beside ? [found, beside] : [found];
  }
  return [...found.querySelectorAll<HTMLElement>('[role="gridcell"], [role="cell"]')].filter((cell) => {
    const [r = cell.dataset.row, c = cell.dataset.column] = cell.dataset.place?.split(' ') ?? [];
    return (row === null || Number(r) === row) && (column === null || Number(c) === column);
  });
}

function control(id: ControlId, root: ParentNode): HTMLElement | null {
  const setting = SETTINGS[id];
  if (setting !== undefined) {
    const field = root.querySelector(
      `[role="spinbutton"][aria-label="${setting}"], [role="radiogroup"][aria-label="${setting}"]`,
    );
    const whole = field?.closest('.setting') ?? field ?? null;
    return visible(whole) ? whole : null;
  }
  if (id === 'step-rating' || id === 'step-epoch') {
    const name = (id === 'step-rating' ? playback.stepRating : playback.stepEpoch).join(' ');
    const buttons = root.querySelectorAll<HTMLElement>('.playback button');
    return [...buttons].find((button) => button.textContent?.trim() === name) ?? null;
  }
  for (const place of PLACES[id] ?? []) {
    const found = root.querySelector(place);
    if (visible(found)) return found;
  }
  return null;
}

function panelOf(id: PanelId, root: ParentNode): HTMLElement | null {
  const found = root.querySelector(`[data-panel="${id}"]`) ?? root.querySelector(PANELS[id] ?? 'none');
  if (visible(found)) return found;
  // A tab that is about one thing is the panel itself.
  const whole = id === 'inspect' || id === 'map' || id === 'similar' || id === 'recommend';
  const tab = whole ? root.querySelector('.inspector [role="tabpanel"][data-state="active"]') : null;
  return visible(tab) ? tab : null;
}

/** Panels that are parts of a tab, by their classes. */
const PANELS: Partial<Record<PanelId, string>> = {
  'fold-in': '.recommend-part[aria-labelledby]',
  truth: '.map-truth',
};

/** The tab of the inspector that a panel stands in; it is Inspect where nothing is said. */
const TABS: Partial<Record<PanelId, string>> = {
  map: learn.panels.map,
  similar: learn.panels.similar,
  recommend: learn.panels.recommend,
  'fold-in': learn.panels.recommend,
  truth: learn.panels.map,
};

/** Opens the tab and the fold of a panel, as far as they are on the page. True when it is open. */
export function openPanel(id: PanelId, root: ParentNode): boolean {
  const wanted = TABS[id] ?? learn.panels.inspect;
  const tabs = [...root.querySelectorAll<HTMLElement>('.inspector [role="tab"]')];
  const tab = tabs.find((one) => one.textContent?.trim() === wanted);
  if (tab && tab.getAttribute('aria-selected') !== 'true') {
    const place = document.activeElement;
    tab.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true, button: 0 }));
    // The keyboard's place stays where it was.
    if (document.activeElement === tab && place !== tab) {
      if (place instanceof HTMLElement && place !== document.body) place.focus({ preventScroll: true });
      else tab.blur();
    }
    return false;
  }
  const found = panelOf(id, root);
  if (!found) return false;
  const button = found.querySelector<HTMLElement>(':scope > :first-child button[aria-expanded="false"]');
  button?.click();
  return button === null;
}

/** The elements that a step points at; none when they are not on the page. */
export function focusTargets(focus: Focus, root: ParentNode, window: AppState['window']): readonly HTMLElement[] {
  if ('cell' in focus) return cells(focus.cell, root, window);
  const one = 'control' in focus ? control(focus.control, root) : panelOf(focus.panel, root);
  return one ? [one] : [];
}

/** What takes the keyboard when the reader wants to go there. */
export function focusableIn(targets: readonly HTMLElement[]): HTMLElement | null {
  const [first] = targets;
  if (!first) return null;
  if (first.matches('[role="gridcell"], [role="cell"], button, input, [role="slider"]')) return first;
  return first.querySelector<HTMLElement>(
    '[tabindex="0"], [role="spinbutton"], input:not(:disabled), button:not(:disabled), [role="slider"]',
  );
}
