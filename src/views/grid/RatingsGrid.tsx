// biome-ignore-all lint/a11y/useSemanticElements: a table lays itself out; these cells must lie exactly over a drawing
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus walks over the cells, not over rows and grid

import { ContextMenu } from 'radix-ui';
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type TouchEvent,
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Side } from '../../core/edit-rows.ts';
import { parseNumber } from '../../core/parse-number.ts';
import { strings } from '../../strings/index.ts';
import { formatExact } from '../../strings/numbers.ts';
import { useApp, useHandle } from '../context.ts';
import { ButtonMenu, PointedMenu } from './CellMenu.tsx';
import { cellName, GridRow, Name } from './GridRow.tsx';
import { placeAfterKey } from './grid-keys.ts';
import {
  boundsOf,
  clampPlace,
  type GridBounds,
  type GridPlace,
  isCell,
  isWithin,
  nearestCell,
  placeAt,
  samePlace,
} from './grid-place.ts';
import { type EditorHandle, InlineEditor, type Leave } from './InlineEditor.tsx';
import { menuEntries } from './menu-entries.ts';
import { useGridEdits } from './use-grid-edits.ts';
import './grid.css';

const text = strings.grid;

/** Above this many cells only the rows around the focus are elements; all others are read off the drawing by their coordinates. */
const ELEMENT_LIMIT = 3_000;
/** A pointer that moved this far drags. */
const DRAG_DISTANCE = 5;

export interface RatingsGridProps {
  /** Pitch of the cells, in CSS pixels. The first cell begins at (headerWidth, headerHeight). */
  readonly columnWidth: number;
  readonly rowHeight: number;
  readonly headerWidth: number;
  readonly headerHeight: number;
  /** False: names are there for assistive technology, and seen only with the focus. */
  readonly showLabels: boolean;
  /** Column names lean by 45° (the header is then higher than a line). */
  readonly leaning?: boolean;
  /** Which users and items are shown, in order: indices into the dataset. */
  readonly users: readonly number[];
  readonly items: readonly number[];
  /** Of the numbers in the drawing; 0 where it has none. The editor's is at least 12. */
  readonly fontSize: number;
  /** The drawing of R, its first cell at its upper left; lies under the cells. */
  readonly children?: ReactNode;
}

interface Standing {
  /** Where the keyboard stands. */
  readonly active: GridPlace;
  /** The other corner of the selected block. */
  readonly extent: GridPlace;
  readonly editing: { readonly initial: string; readonly mode: 'overwrite' | 'edit' } | null;
}

/** A press of the pointer that is not over yet. */
type Press =
  | { readonly kind: 'select' }
  | {
      readonly kind: 'tap';
      readonly place: GridPlace;
      readonly wasActive: boolean;
      readonly x: number;
      readonly y: number;
    }
  | { readonly kind: 'header'; readonly from: GridPlace; readonly x: number; readonly y: number };

const STEPS: Readonly<Record<string, { readonly row: number; readonly column: number }>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

const LEAVES: Readonly<Record<Leave, { readonly row: number; readonly column: number }>> = {
  up: { row: -1, column: 0 },
  down: { row: 1, column: 0 },
  left: { row: 0, column: -1 },
  right: { row: 0, column: 1 },
  stay: { row: 0, column: 0 },
  away: { row: 0, column: 0 },
};

/** R as a spreadsheet: transparent cells, headers, editor and menus over the drawing that is handed in. */
export function RatingsGrid(props: RatingsGridProps) {
  const { columnWidth, rowHeight, headerWidth, headerHeight, showLabels, users, items, fontSize, children } = props;
  const leaning = props.leaning ?? headerHeight >= 32;
  const { pointer, actions } = useHandle();
  const dataset = useApp((state) => state.study.dataset);
  const seenUntil = useApp((state) => state.run.seenUntil);
  const seenByUser = useMemo(() => {
    const byUser = new Map<number, Map<number, number>>();
    for (const [user, item, epoch] of seenUntil) {
      byUser.set(user, (byUser.get(user) ?? new Map<number, number>()).set(item, epoch));
    }
    return byUser;
  }, [seenUntil]);
  const edits = useGridEdits(users, items);
  const root = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorHandle>(null);
  const press = useRef<Press | null>(null);
  const longPressed = useRef(false);
  const wantsFocus = useRef<'scroll' | 'still' | null>(null);
  const afterMenu = useRef<(() => void) | null>(null);
  const [drop, setDrop] = useState<{ readonly side: Side; readonly from: number; readonly to: number } | null>(null);
  const keysId = useId();

  const measures = useMemo(
    () => ({ columnWidth, rowHeight, headerWidth, headerHeight }),
    [columnWidth, rowHeight, headerWidth, headerHeight],
  );
  const size = useMemo(() => ({ rows: users.length, columns: items.length }), [users, items]);
  const whole = users.length === dataset.users.length && items.length === dataset.items.length;

  const [standing, setStanding] = useState<Standing>(() => {
    const { selected } = pointer.getState();
    const active = {
      row: Math.max(0, users.indexOf(selected.user)),
      column: Math.max(0, items.indexOf(selected.item)),
    };
    return { active, extent: active, editing: null };
  });
  const active = clampPlace(standing.active, size);
  const extent = isCell(active) ? clampPlace(standing.extent, size) : active;
  const { editing } = standing;
  const bounds = boundsOf(active, extent, size);

  /** Puts the keyboard on a place; the inspector follows to cells. */
  const goTo = (place: GridPlace, focus: 'scroll' | 'still' | null = 'scroll', corner: GridPlace = place) => {
    wantsFocus.current = focus;
    setStanding({ active: place, extent: corner, editing: null });
    const user = users[place.row];
    const item = items[place.column];
    if (user !== undefined && item !== undefined) pointer.getState().select(user, item);
  };
  const selectTo = (corner: GridPlace) => setStanding((before) => ({ ...before, extent: corner, editing: null }));
  const openEditor = (initial: string, mode: 'overwrite' | 'edit') =>
    setStanding((before) => ({ ...before, editing: { initial, mode } }));

  const nameAt = (place: GridPlace): string => {
    const user = users[place.row];
    const item = items[place.column];
    if (user === undefined) return dataset.items[item ?? -1] ?? '';
    return item === undefined ? (dataset.users[user] ?? '') : cellName(dataset, user, item);
  };
  const edit = () => openEditor(isCell(active) ? edits.valueText(active) : nameAt(active), 'edit');

  // Another cell was selected elsewhere (in R̂, say): stand there without taking the focus.
  useEffect(
    () =>
      pointer.subscribe(({ selected }, before) => {
        if (selected === before.selected) return;
        const place = { row: users.indexOf(selected.user), column: items.indexOf(selected.item) };
        if (!isCell(place)) return;
        setStanding((now) =>
          now.editing || samePlace(now.active, place) ? now : { active: place, extent: place, editing: null },
        );
      }),
    [pointer, users, items],
  );

  const elementAt = (place: GridPlace) =>
    root.current?.querySelector<HTMLElement>(`[data-place="${place.row} ${place.column}"]`);
  useLayoutEffect(() => {
    const focus = wantsFocus.current;
    wantsFocus.current = null;
    if (focus && !editing) elementAt(active)?.focus({ preventScroll: focus === 'still' });
  });

  // ---- editing in place

  const commit = (typed: string) =>
    isCell(active)
      ? edits.typeRating(active, typed)
      : active.row < 0
        ? edits.rename('items', active.column, typed)
        : edits.rename('users', active.row, typed);
  const leaveEditor = (leave: Leave) => {
    const step = isCell(active) ? LEAVES[leave] : LEAVES.stay;
    const place = {
      row: isCell(active) ? Math.max(0, Math.min(size.rows - 1, active.row + step.row)) : active.row,
      column: isCell(active) ? Math.max(0, Math.min(size.columns - 1, active.column + step.column)) : active.column,
    };
    goTo(place, leave === 'away' ? null : 'scroll');
  };
  const remark = (typed: string): string | null => {
    const parsed = parseNumber(typed);
    const { min, max } = dataset.scale;
    return parsed.ok && (parsed.value < min || parsed.value > max)
      ? text.outsideScale(formatExact(min), formatExact(max))
      : null;
  };
  const editorLabel = isCell(active)
    ? text.editing(dataset.users[users[active.row] ?? -1] ?? '', dataset.items[items[active.column] ?? -1] ?? '')
    : text.renaming(nameAt(active));
  const inlineEditor = editing && (
    <InlineEditor
      key={`${active.row} ${active.column}`}
      ref={editor}
      label={editorLabel}
      fontSize={Math.max(12, fontSize)}
      initial={editing.initial}
      mode={editing.mode}
      commit={commit}
      onLeave={leaveEditor}
      remark={isCell(active) ? remark : undefined}
      className={`${isCell(active) ? 'of-cell' : 'of-name'}${2 * active.column >= size.columns ? ' at-end' : ''}`}
    />
  );

  // ---- users and items

  const headerOf = (side: Side, at: number): GridPlace =>
    side === 'users' ? { row: at, column: -1 } : { row: -1, column: at };
  const add = (side: Side, at: number) => {
    edits.add(side, at);
    setStanding({ active: headerOf(side, at), extent: headerOf(side, at), editing: null });
    wantsFocus.current = 'scroll';
  };
  const remove = (side: Side) => {
    if (side === 'users') edits.remove('users', bounds.top, bounds.bottom);
    else edits.remove('items', bounds.left, bounds.right);
    const place = isCell(active) ? { row: bounds.top, column: bounds.left } : active;
    wantsFocus.current = 'scroll';
    setStanding({ active: place, extent: place, editing: null });
  };
  const moveTo = (side: Side, from: number, to: number) => {
    const last = (side === 'users' ? size.rows : size.columns) - 1;
    if (!whole || from === to || to < 0 || to > last) return;
    edits.move(side, from, to);
    goTo(side === 'users' ? { row: to, column: active.column } : { row: active.row, column: to });
  };
  const moveBy = (side: Side, by: 1 | -1) => {
    const from = side === 'users' ? active.row : active.column;
    moveTo(side, from, from + by);
  };
  const rename = (side: Side) => {
    const place = headerOf(side, side === 'users' ? active.row : active.column);
    setStanding({ active: place, extent: place, editing: { initial: nameAt(place), mode: 'edit' } });
  };

  // ---- clipboard: real events, so that no permission is needed

  const selectBlock = (block: GridBounds | null) => {
    if (block) goTo({ row: block.top, column: block.left }, 'scroll', { row: block.bottom, column: block.right });
  };
  const onClipboard = useEffectEvent((event: ClipboardEvent) => {
    if (editing || !event.clipboardData || !root.current?.contains(document.activeElement)) return;
    event.preventDefault();
    if (event.type === 'paste') return selectBlock(edits.paste(event.clipboardData.getData('text/plain'), bounds));
    event.clipboardData.setData('text/plain', edits.copyText(bounds));
    if (event.type === 'cut') edits.clear(bounds);
  });
  useEffect(() => {
    // The events of a cell that holds no caret go to the document's body in some browsers.
    const listen = (event: ClipboardEvent) => onClipboard(event);
    const types = ['copy', 'cut', 'paste'] as const;
    for (const type of types) document.addEventListener(type, listen);
    return () => {
      for (const type of types) document.removeEventListener(type, listen);
    };
  }, []);
  const refused = () => actions.report({ code: 'clipboard-refused' });
  // `clipboard` is missing on pages that did not come over a secure connection.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  const copyFromMenu = () => {
    if (clipboard) clipboard.writeText(edits.copyText(bounds)).catch(refused);
    else refused();
  };
  const pasteFromMenu = () => {
    if (clipboard) clipboard.readText().then((pasted) => selectBlock(edits.paste(pasted, bounds)), refused);
    else refused();
  };

  // ---- menus

  // Renaming opens a field, which must not lose the focus to the menu that closes.
  const later = (run: () => void) => () => {
    afterMenu.current = run;
  };
  const onMenuClosed = () => {
    const run = afterMenu.current;
    afterMenu.current = null;
    if (run) run();
    else elementAt(active)?.focus({ preventScroll: true });
  };
  const entries = menuEntries({
    edits,
    active,
    bounds,
    size,
    whole,
    copy: copyFromMenu,
    paste: pasteFromMenu,
    add: (side, at) => later(() => add(side, at))(),
    remove: (side) => later(() => remove(side))(),
    move: (side, by) => later(() => moveBy(side, by))(),
    rename: (side) => later(() => rename(side))(),
  });
  // A long press opens the menu while the finger is still down: it is about the cell under it, and lifting is no tap.
  const onMenuOpened = (open: boolean) => {
    const pressed = press.current;
    press.current = null;
    if (!open || pressed?.kind !== 'tap') return;
    longPressed.current = true;
    if (!(isCell(pressed.place) && isCell(active) && isWithin(pressed.place, bounds))) goTo(pressed.place, null);
  };
  const onTouchEnd = (event: TouchEvent) => {
    // Else the click that follows a lifted finger would take the focus from the menu, and close it.
    if (longPressed.current) event.preventDefault();
    longPressed.current = false;
  };
  const openMenuByKeys = () => {
    const element = elementAt(active);
    if (!element) return;
    const { left, top, width, height } = element.getBoundingClientRect();
    const point = { clientX: left + Math.min(width, columnWidth) / 2, clientY: top + height / 2 };
    element.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...point }));
  };

  // ---- keys

  const onEditKey = (event: KeyboardEvent, ctrl: boolean): boolean => {
    const { key } = event;
    if (key === 'ContextMenu' || (key === 'F10' && event.shiftKey)) openMenuByKeys();
    else if (event.altKey) {
      const step = STEPS[key];
      if (!step) return false;
      if (step.row !== 0 && active.row >= 0) moveTo('users', active.row, active.row + step.row);
      if (step.column !== 0 && active.column >= 0) moveTo('items', active.column, active.column + step.column);
    } else if (ctrl) {
      if (key === 'a' || key === 'A') {
        const corner = { row: size.rows - 1, column: size.columns - 1 };
        goTo({ row: 0, column: 0 }, 'still', corner);
      } else if (key === 'd' || key === 'D') edits.fill('down', bounds);
      // One column alone leaves Ctrl+R to the browser.
      else if ((key === 'r' || key === 'R') && bounds.right > bounds.left) edits.fill('right', bounds);
      else return false;
    } else if (key === 'F2' || key === 'Enter') edit();
    else if (key === 'Delete' || key === 'Backspace') edits.clear(bounds);
    else if (key === 'Escape') selectTo(active);
    else if (key === 'h' || key === 'H') edits.toggleHeldOut(bounds);
    // A page must not scroll, nor training start, under a cell.
    else if (key === ' ') return true;
    else if ((key.length === 1 || key === 'Process') && isCell(active))
      openEditor(key.length === 1 ? key : '', 'overwrite');
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (editing) return;
    const ctrl = event.ctrlKey || event.metaKey;
    if (!event.altKey) {
      const selecting = event.shiftKey && isCell(active);
      const place = placeAfterKey(event.key, ctrl, selecting ? extent : active, size, edits.isRated, selecting);
      if (place) {
        event.preventDefault();
        if (selecting) selectTo(place);
        else goTo(place);
        return;
      }
    }
    // A composed character (IME) must reach the field that has just opened for it.
    if (onEditKey(event, ctrl) && event.key !== 'Process') event.preventDefault();
  };

  // ---- pointer: places are computed from coordinates, whether or not a cell is an element

  const pointOf = (event: { clientX: number; clientY: number }) => {
    const box = root.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const placeOf = (event: { clientX: number; clientY: number }) => {
    const { x, y } = pointOf(event);
    return placeAt(x, y, measures, size);
  };
  const inEditor = (target: EventTarget) => target instanceof Element && target.closest('.ratings-editor') !== null;

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (inEditor(event.target)) return;
    // The grid gives the focus itself, also to cells that are no elements yet.
    if (event.pointerType === 'mouse') event.preventDefault();
    if (editing && editor.current && !editor.current.settle()) return;
    const place = placeOf(event);
    if (!place || event.button !== 0) return;
    const { clientX: x, clientY: y } = event;
    if (event.pointerType !== 'mouse') {
      press.current = {
        kind: 'tap',
        place,
        wasActive: samePlace(place, active) && !!root.current?.contains(document.activeElement),
        x,
        y,
      };
      return;
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    if (event.shiftKey && isCell(place) && isCell(active)) {
      press.current = { kind: 'select' };
      selectTo(place);
      elementAt(active)?.focus({ preventScroll: true });
      return;
    }
    press.current = isCell(place) ? { kind: 'select' } : { kind: 'header', from: place, x, y };
    goTo(place, 'still');
  };
  const hoverAt = (place: GridPlace | null) => {
    const { hovered, hover } = pointer.getState();
    const user = place ? (users[place.row] ?? null) : null;
    const item = place ? (items[place.column] ?? null) : null;
    if (!place) {
      if (hovered) hover(null);
    } else if (hovered?.user !== user || hovered.item !== item || hovered.factor !== null)
      hover({ user, item, factor: null });
  };
  const onPointerMove = (event: PointerEvent) => {
    const pressed = press.current;
    hoverAt(placeOf(event));
    if (!pressed || pressed.kind === 'tap') return;
    const { x, y } = pointOf(event);
    const cell = nearestCell(x, y, measures, size);
    if (pressed.kind === 'select') {
      if (!samePlace(cell, extent)) selectTo(cell);
      return;
    }
    if (!whole || (!drop && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < DRAG_DISTANCE)) return;
    const side: Side = pressed.from.column < 0 ? 'users' : 'items';
    setDrop({
      side,
      from: Math.max(pressed.from.row, pressed.from.column),
      to: side === 'users' ? cell.row : cell.column,
    });
  };
  const onPointerUp = (event: PointerEvent) => {
    const pressed = press.current;
    press.current = null;
    if (drop) {
      setDrop(null);
      moveTo(drop.side, drop.from, drop.to);
    }
    if (pressed?.kind !== 'tap' || Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > 2 * DRAG_DISTANCE)
      return;
    if (pressed.wasActive) edit();
    else goTo(pressed.place, 'still');
  };
  const onPointerCancel = () => {
    press.current = null;
    setDrop(null);
  };
  const onDoubleClick = (event: { clientX: number; clientY: number; target: EventTarget }) => {
    if (!inEditor(event.target) && placeOf(event)) edit();
  };
  const onContextMenu = (event: { clientX: number; clientY: number }) => {
    press.current = null;
    const place = placeOf(event);
    if (place && !samePlace(place, active) && !(isCell(place) && isCell(active) && isWithin(place, bounds)))
      goTo(place, 'still');
  };

  // ---- what is seen

  const asElements = size.rows * size.columns <= ELEMENT_LIMIT;
  const block = { left: headerWidth + bounds.left * columnWidth, top: headerHeight + bounds.top * rowHeight };
  const blockSize = {
    width: (bounds.right - bounds.left + 1) * columnWidth,
    height: (bounds.bottom - bounds.top + 1) * rowHeight,
  };
  const isBlock = bounds.top !== bounds.bottom || bounds.left !== bounds.right;
  const width = headerWidth + size.columns * columnWidth;
  const height = headerHeight + size.rows * rowHeight;
  const title = nameAt(active);

  // The menu must not open over a field that is being typed in: there the browser's own has its place.
  const trapFieldMenu = useCallback((event: { target: EventTarget; stopPropagation(): void }) => {
    if (event.target instanceof HTMLInputElement) event.stopPropagation();
  }, []);

  return (
    <div
      className={`ratings${showLabels ? '' : ' unlabeled'}${showLabels && leaning ? ' leaning' : ''}`}
      style={{ width }}
    >
      <div className="ratings-plane" style={{ width, height }}>
        <div className="ratings-picture" style={{ left: headerWidth, top: headerHeight }}>
          {children}
        </div>
        {isBlock && <div className="ratings-block" style={{ ...block, ...blockSize }} />}
        <ContextMenu.Root modal={false} onOpenChange={onMenuOpened}>
          <ContextMenu.Trigger asChild>
            <div
              ref={root}
              role="grid"
              aria-label={text.name}
              aria-describedby={keysId}
              aria-rowcount={size.rows + 1}
              aria-colcount={size.columns + 1}
              aria-multiselectable
              className="ratings-grid"
              onKeyDown={onKeyDown}
              onPointerDown={onPointerDown}
              onPointerMove={onPointerMove}
              onPointerUp={onPointerUp}
              onPointerCancel={onPointerCancel}
              onTouchEnd={onTouchEnd}
              onPointerLeave={() => hoverAt(null)}
              onDoubleClick={onDoubleClick}
              onContextMenuCapture={trapFieldMenu}
              onContextMenu={onContextMenu}
            >
              <div role="row" aria-rowindex={1} className="ratings-row" style={{ top: 0, height: headerHeight }}>
                {items.map((item, column) => (
                  <div
                    key={dataset.itemKeys[item] ?? item}
                    role="columnheader"
                    aria-colindex={column + 2}
                    tabIndex={active.row < 0 && active.column === column ? 0 : -1}
                    data-place={`-1 ${column}`}
                    className="ratings-header ratings-item"
                    title={dataset.items[item]}
                    style={{ left: headerWidth + column * columnWidth, width: columnWidth }}
                  >
                    <Name name={dataset.items[item] ?? ''} side="item" index={item} />
                    {active.row < 0 && active.column === column && inlineEditor}
                  </div>
                ))}
              </div>
              {users.map((user, row) => (
                <GridRow
                  key={dataset.userKeys[user] ?? user}
                  dataset={dataset}
                  measures={measures}
                  items={items}
                  user={user}
                  row={row}
                  withCells={asElements || Math.abs(row - Math.max(0, active.row)) <= 1}
                  activeColumn={row === active.row ? active.column : null}
                  selectedFrom={row >= bounds.top && row <= bounds.bottom ? bounds.left : null}
                  selectedTo={row >= bounds.top && row <= bounds.bottom ? bounds.right : null}
                  seenUntil={seenByUser.get(user) ?? null}
                  editor={row === active.row ? inlineEditor : null}
                />
              ))}
            </div>
          </ContextMenu.Trigger>
          <PointedMenu title={title} entries={entries} onClosed={onMenuClosed} />
        </ContextMenu.Root>
        {drop && <DropLine drop={drop} measures={measures} width={width} height={height} />}
      </div>
      <p id={keysId} className="visually-hidden">
        {text.keys} {text.headerKeys}
      </p>
      <div className="ratings-buttons">
        <button
          type="button"
          className="ratings-button"
          aria-label={text.addUser}
          title={text.addUser}
          onClick={() => add('users', size.rows)}
        >
          <span aria-hidden="true">+</span> {text.addUserShort}
        </button>
        <button
          type="button"
          className="ratings-button"
          aria-label={text.addItem}
          title={text.addItem}
          onClick={() => add('items', size.columns)}
        >
          <span aria-hidden="true">+</span> {text.addItemShort}
        </button>
        <ButtonMenu title={title} entries={entries} onClosed={onMenuClosed} />
      </div>
    </div>
  );
}

interface DropLineProps {
  readonly drop: { readonly side: Side; readonly from: number; readonly to: number };
  readonly measures: {
    readonly columnWidth: number;
    readonly rowHeight: number;
    readonly headerWidth: number;
    readonly headerHeight: number;
  };
  readonly width: number;
  readonly height: number;
}

/** Where a dragged user or item would be put down. */
function DropLine({ drop, measures, width, height }: DropLineProps) {
  const edge = drop.to > drop.from ? drop.to + 1 : drop.to;
  const style =
    drop.side === 'users'
      ? { left: 0, width, top: measures.headerHeight + edge * measures.rowHeight - 1, height: 3 }
      : { top: 0, height, left: measures.headerWidth + edge * measures.columnWidth - 1, width: 3 };
  return <div className="ratings-drop" style={style} />;
}
