import type { Brush } from '../../../charts/sweep-parallel.ts';
import { numbersOfAxis } from '../../../charts/sweep-positions.ts';
import { type Axis, axisValues, isWhole } from '../../../core/experiment/axis.ts';
import { sweepPictures } from '../../../strings/sweep-pictures.ts';
import { Checkbox } from '../../controls/Checkbox.tsx';
import { NumberField } from '../../controls/NumberField.tsx';

const words = sweepPictures.parallel;

interface RangeProps {
  readonly legend: string;
  readonly names: { readonly from: string; readonly to: string };
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
  readonly log: boolean;
  readonly brush: Brush | null;
  readonly onBrush: (brush: Brush | null) => void;
}

/** The ends of a range as two numbers: the same brush for a keyboard. The whole range is no brush. */
function RangeFields({ legend, names, low, high, whole, log, brush, onBrush }: RangeProps) {
  const from = brush?.kind === 'range' ? brush.from : low;
  const to = brush?.kind === 'range' ? brush.to : high;
  const take = (a: number, b: number) => onBrush(a <= low && b >= high ? null : { kind: 'range', from: a, to: b });
  const step = whole ? 1 : log ? 'log' : Number(((high - low) / 20).toPrecision(1)) || 1;
  return (
    <fieldset className="sweep-range">
      <legend>{legend}</legend>
      <NumberField
        label={names.from}
        symbol={words.fromShort}
        hideLabel
        value={from}
        min={low}
        max={to}
        integer={whole}
        step={step}
        onCommit={(value) => take(value, to)}
      />
      <span aria-hidden="true">…</span>
      <NumberField
        label={names.to}
        symbol={words.toShort}
        hideLabel
        value={to}
        min={from}
        max={high}
        integer={whole}
        step={step}
        onCommit={(value) => take(from, value)}
      />
    </fieldset>
  );
}

interface Props {
  readonly axes: readonly Axis[];
  readonly error: { readonly low: number; readonly high: number };
  /** One for each axis, then the error's. */
  readonly brushes: readonly (Brush | null)[];
  readonly onBrush: (at: number, brush: Brush | null) => void;
}

/** All brushes as fields. */
export function BrushFields({ axes, error, brushes, onBrush }: Props) {
  return (
    <div className="sweep-ranges">
      {axes.map((axis, at) => {
        const { setting } = axis;
        const numbers = numbersOfAxis(axis);
        const brush = brushes[at] ?? null;
        if (numbers === null) {
          const all = axisValues(axis);
          const kept = brush?.kind === 'choices' ? brush.values : all;
          return (
            <fieldset key={setting} className="sweep-range">
              <legend>{words.values(setting)}</legend>
              {all.map((value) => (
                <Checkbox
                  key={value}
                  label={sweepPictures.value(value)}
                  checked={kept.includes(value)}
                  onChange={(checked) => {
                    const values = all.filter((one) => (one === value ? checked : kept.includes(one)));
                    onBrush(at, values.length === all.length ? null : { kind: 'choices', values });
                  }}
                />
              ))}
            </fieldset>
          );
        }
        return (
          <RangeFields
            key={setting}
            legend={words.values(setting)}
            names={{ from: words.from(setting), to: words.to(setting) }}
            low={numbers[0] ?? 0}
            high={numbers.at(-1) ?? 1}
            whole={isWhole(setting)}
            log={axis.spacing === 'log'}
            brush={brush}
            onBrush={(next) => onBrush(at, next)}
          />
        );
      })}
      <RangeFields
        legend={words.error}
        names={{ from: words.errorFrom, to: words.errorTo }}
        low={error.low}
        high={error.high}
        whole={false}
        log={false}
        brush={brushes[axes.length] ?? null}
        onBrush={(next) => onBrush(axes.length, next)}
      />
    </div>
  );
}
