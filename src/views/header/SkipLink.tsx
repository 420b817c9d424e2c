import { strings } from '../../strings/index.ts';
import { useApp } from '../context.ts';

const CELL_OF_R = `[role="grid"][aria-label="${strings.grid.name}"] [tabindex="0"]`;

/** The first stop of the Tab key: past header, settings and playback, to the cell of R where the keyboard stands. */
export function SkipLink() {
  // The address of this view: whoever opens the link elsewhere is there, too.
  const route = useApp((state) => state.view.route);
  return (
    <a
      className="button header-skip"
      href={`#/${route}`}
      onClick={(event) => {
        event.preventDefault();
        document.querySelector<HTMLElement>(CELL_OF_R)?.focus();
      }}
    >
      {strings.header.skip}
    </a>
  );
}
