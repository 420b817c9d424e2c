import { strings } from '../../../strings/index.ts';

/** Runs side by side. */
export function ComparePanel() {
  return (
    <section aria-label={strings.runs.comparison}>
      <h2>{strings.runs.comparison}</h2>
    </section>
  );
}
