import { DropdownMenu } from 'radix-ui';
import { strings } from '../../../strings/index.ts';

const text = strings.runs;
export type RunsExportKind = 'csv' | 'json';
const KINDS: readonly RunsExportKind[] = ['csv', 'json'];

/** A menu of files that hold what the table shows. */
export function RunsExport({ onExport }: { readonly onExport: (kind: RunsExportKind) => void }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button runs-small">
        {text.export}
        <span aria-hidden="true">▾</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
          {KINDS.map((kind) => (
            <DropdownMenu.Item key={kind} className="menu-item" onSelect={() => onExport(kind)}>
              {text.exports[kind]}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
