import { lineStyle } from '../../../charts/compare-curves.ts';
import type { CompareModel } from '../../../store/experiment-compare.ts';
import { judgingOfKept } from '../../../store/kept-run.ts';
import { strings } from '../../../strings/index.ts';
import { formatCount, formatReadout } from '../../../strings/numbers.ts';
import { letterOf } from './letters.ts';

const text = strings.runs;
const names = text.columns;

/** How a run's curves look, beside its name. */
function Sample({ run }: { readonly run: number }) {
  return (
    <svg className="compare-sample" aria-hidden="true" width="28" height="12" viewBox="0 0 28 12">
      {(['seen', 'heldOut'] as const).map((kind, at) => {
        const { width, dashes } = lineStyle(run, kind);
        return (
          <line
            key={kind}
            className={`compare-line ${kind}`}
            x1="0"
            x2="28"
            y1={3 + at * 6}
            y2={3 + at * 6}
            strokeWidth={width}
            strokeDasharray={dashes ?? undefined}
          />
        );
      })}
    </svg>
  );
}

/** The settings in which runs differ, in bold, and what each run came to. */
export function CompareSettings({ model }: { readonly model: CompareModel }) {
  const { records, differences } = model;
  const judged = records.map((record) =>
    record.source.kind === 'sweep' ? record.source.judging.kind : judgingOfKept(record)?.kind,
  );
  // Where they are judged otherwise than each other, that is a difference with a row of its own.
  const heldOut = judged.every((kind) => kind === 'leave-one-out')
    ? text.judgedBy(names.rmseHeldOut, strings.experiment.judging({ kind: 'leave-one-out' }))
    : names.rmseHeldOut;
  const figures = [
    { label: heldOut, kind: 'heldOut', values: records.map((run) => formatReadout(run.rmseHeldOut)) },
    { label: names.rmseSeen, kind: 'seen', values: records.map((run) => formatReadout(run.rmseSeen)) },
    {
      label: names.bestEpoch,
      kind: 'plain',
      values: records.map((run) => text.bestEpoch(run.bestEpoch, run.bestIsMean)),
    },
    { label: names.epochs, kind: 'plain', values: records.map((run) => formatCount(run.epochs)) },
    { label: names.ended, kind: 'plain', values: records.map((run) => strings.experiment.endedText(run)) },
  ];
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a narrow screen, also by keys */}
      <section className="compare-scroll" aria-label={text.settingsTable} tabIndex={0}>
        <table className="compare-table numbers" aria-label={text.settingsTable}>
          <thead>
            <tr>
              <th scope="col">{text.setting}</th>
              {records.map((record, run) => (
                <th key={record.id} scope="col">
                  <span className="compare-run">
                    <strong>{letterOf(run)}</strong>
                    <Sample run={run} />
                    <span className="compare-name" title={record.name}>
                      {record.name}
                    </span>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differences.map(({ setting, values }) => (
              <tr key={setting}>
                <th scope="row">{strings.experiment.settingNames[setting]}</th>
                {values.map((value, run) => (
                  <td key={records[run]?.id}>
                    <strong>{value}</strong>
                  </td>
                ))}
              </tr>
            ))}
            {figures.map(({ label, kind, values }) => (
              <tr key={label} className="compare-figures">
                <th scope="row">{label}</th>
                {values.map((value, run) => (
                  <td key={records[run]?.id} className={`compare-${kind}`}>
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {differences.length === 0 && <p className="muted small">{text.noDifferences}</p>}
    </>
  );
}
