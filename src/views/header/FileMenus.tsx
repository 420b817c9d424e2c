import { DropdownMenu } from 'radix-ui';
import { type ChangeEvent, useRef } from 'react';
import { strings } from '../../strings/index.ts';
import { ThemeGlyph, useTheme } from './theme-choice.tsx';

const text = strings.header;

const EXPORT_KINDS = ['session', 'ratings', 'predictions', 'factors'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

export interface FileActions {
  readonly onOpen: (file: File) => void;
  readonly onExport: (kind: ExportKind) => void;
}

/** A hidden file input that takes everything, and how to open it. */
function useFileInput(onOpen: (file: File) => void) {
  const input = useRef<HTMLInputElement>(null);
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    // The same file may be chosen again.
    event.currentTarget.value = '';
    if (file) onOpen(file);
  };
  const element = <input ref={input} type="file" aria-label={text.openFile} tabIndex={-1} hidden onChange={onChange} />;
  return { element, open: () => input.current?.click() };
}

function ExportItems({ onExport }: Pick<FileActions, 'onExport'>) {
  return EXPORT_KINDS.map((kind) => (
    <DropdownMenu.Item key={kind} className="menu-item" onSelect={() => onExport(kind)}>
      {text.exports[kind]}
    </DropdownMenu.Item>
  ));
}

/** Where there is room: Open…, Export and the theme as buttons. */
export function WideActions({ onOpen, onExport }: FileActions) {
  const file = useFileInput(onOpen);
  const theme = useTheme();
  return (
    <>
      <button type="button" className="button" title={text.openTitle} onClick={file.open}>
        {text.open}
      </button>
      {file.element}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="button">
          {text.export}
          <span aria-hidden="true">▾</span>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
            <ExportItems onExport={onExport} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <button
        type="button"
        className="button header-square"
        aria-label={theme.label}
        title={theme.label}
        onClick={theme.next}
      >
        <ThemeGlyph choice={theme.choice} />
      </button>
    </>
  );
}

/** Where space is short: the same in one menu. */
export function FoldedActions({ onOpen, onExport }: FileActions) {
  const file = useFileInput(onOpen);
  const theme = useTheme();
  return (
    <>
      {file.element}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="button">
          {text.menu}
          <span aria-hidden="true">▾</span>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
            <DropdownMenu.Item className="menu-item" onSelect={file.open}>
              {text.open}
            </DropdownMenu.Item>
            <DropdownMenu.Separator className="menu-separator" />
            <DropdownMenu.Group>
              <DropdownMenu.Label className="menu-label">{text.export}</DropdownMenu.Label>
              <ExportItems onExport={onExport} />
            </DropdownMenu.Group>
            <DropdownMenu.Separator className="menu-separator" />
            <DropdownMenu.Item
              className="menu-item"
              onSelect={(event) => {
                // Stays open, so that the next press chooses the next theme.
                event.preventDefault();
                theme.next();
              }}
            >
              {theme.label}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </>
  );
}
