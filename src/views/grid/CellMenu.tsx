import { ContextMenu, DropdownMenu } from 'radix-ui';
import { strings } from '../../strings/index.ts';
import '../controls/controls.css';

const text = strings.grid;

/** One entry; `null` in a list of them is a line between groups. */
export interface MenuEntry {
  readonly label: string;
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly run: () => void;
}

interface EntriesProps {
  /** The two menus of the grid have the same entries and come with parts of their own. */
  readonly parts: typeof ContextMenu | typeof DropdownMenu;
  readonly title: string;
  readonly entries: readonly (MenuEntry | null)[];
}

function Entries({ parts: Parts, title, entries }: EntriesProps) {
  return (
    <>
      <Parts.Label className="menu-label">{title}</Parts.Label>
      {entries.map((entry, n) =>
        entry ? (
          <Parts.Item
            key={entry.label}
            className="menu-item ratings-menu-item"
            disabled={entry.disabled ?? false}
            onSelect={entry.run}
          >
            <span>{entry.label}</span>
            {entry.keys && (
              <span className="ratings-menu-keys" aria-hidden="true">
                {entry.keys}
              </span>
            )}
          </Parts.Item>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their place
          <Parts.Separator key={`line ${n}`} className="menu-separator" />
        ),
      )}
    </>
  );
}

interface MenuProps {
  readonly title: string;
  readonly entries: readonly (MenuEntry | null)[];
  /** After it closed: put the focus where it belongs. */
  readonly onClosed: () => void;
}

function closing(onClosed: () => void) {
  return (event: Event) => {
    event.preventDefault();
    onClosed();
  };
}

/** The menu under right click, Shift+F10, the menu key and long press; stands inside a ContextMenu.Root. */
export function PointedMenu({ title, entries, onClosed }: MenuProps) {
  return (
    <ContextMenu.Portal>
      <ContextMenu.Content
        className="menu ratings-menu"
        aria-label={title}
        collisionPadding={8}
        onCloseAutoFocus={closing(onClosed)}
      >
        <Entries parts={ContextMenu} title={title} entries={entries} />
      </ContextMenu.Content>
    </ContextMenu.Portal>
  );
}

/** The same menu behind a button that is always there, for hands without a right click. */
export function ButtonMenu({ title, entries, onClosed }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="ratings-button" aria-label={text.cellMenu} title={text.cellMenu}>
        <span aria-hidden="true">⋯</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu ratings-menu"
          side="right"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={closing(onClosed)}
        >
          <Entries parts={DropdownMenu} title={title} entries={entries} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
