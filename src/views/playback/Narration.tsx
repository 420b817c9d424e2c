import type { ReactNode } from 'react';
import type { BiasTrace, UpdateTrace } from '../../core/trace.ts';
import { NARRATED_SPEEDS } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';
import { formatExact, formatTerm } from '../../strings/numbers.ts';
import { useApp } from '../context.ts';
import './playback.css';

/** Factors written out; the rest are counted. */
const FACTORS_SHOWN = 4;

/** A number with a real minus sign. */
function result(x: number): string {
  return formatTerm(x).replace(/^-/, '−');
}

/** A number inside a product or a sum: negative ones in parentheses. */
function term(x: number): string {
  const text = result(x);
  return text.startsWith('−') ? `(${text})` : text;
}

function Sub({ letter, index }: { readonly letter: string; readonly index: string }) {
  return (
    <span className="symbol">
      {letter}
      <sub>{index}</sub>
    </span>
  );
}

function Line({ children }: { readonly children: ReactNode }) {
  return <span className="narration-line">{children}</span>;
}

/** Left ← before + α (2 e partner − β before) = after, in the letters and the numbers of this run. */
function UpdateLine(props: {
  readonly letter: string;
  readonly index: string;
  readonly before: number;
  readonly partner: number | null;
  readonly after: number;
  readonly trace: UpdateTrace;
}) {
  const { letter, index, before, partner, after, trace } = props;
  const push = partner === null ? `2 × ${term(trace.error)}` : `2 × ${term(trace.error)} × ${term(partner)}`;
  return (
    <Line>
      <Sub letter={letter} index={index} /> ← {term(before)} + {formatExact(trace.alpha)} ({push} −{' '}
      {formatExact(trace.beta)} × {term(before)}) = <strong>{result(after)}</strong>
    </Line>
  );
}

function BiasLine({
  index,
  bias,
  trace,
}: {
  readonly index: string;
  readonly bias: BiasTrace;
  readonly trace: UpdateTrace;
}) {
  return <UpdateLine letter="b" index={index} before={bias.before} partner={null} after={bias.after} trace={trace} />;
}

function Rest({ of }: { readonly of: number }) {
  return of > FACTORS_SHOWN ? <Line>{strings.playback.moreFactors(FACTORS_SHOWN, of)}</Line> : null;
}

/** μ + b_u + b_i + p·q in the numbers that this prediction has. */
function predictionSum(trace: UpdateTrace): string {
  const shown = trace.factors.slice(0, FACTORS_SHOWN).map((factor) => `${term(factor.p)} × ${term(factor.q)}`);
  if (trace.factors.length > FACTORS_SHOWN) shown.push('…');
  const biases = [trace.mu, trace.userBias?.before ?? null, trace.itemBias?.before ?? null].flatMap((part) =>
    part === null ? [] : [term(part)],
  );
  return [...biases, ...shown].join(' + ');
}

/**
 * One update as a numbered list, in the order in which the engine does it:
 * pick → predict → error → (update the biases →) update p → update q.
 */
function Steps({
  trace,
  names,
  adam,
}: {
  readonly trace: UpdateTrace;
  readonly names: string;
  readonly adam: number | null;
}) {
  const words = strings.playback;
  const shown = trace.factors.slice(0, FACTORS_SHOWN);
  return (
    <ol className="small">
      <li>
        {words.steps.pick}: {names}
        <Line>
          <Sub letter="r" index="ui" /> = {formatExact(trace.rating)}
        </Line>
      </li>
      <li>
        {words.steps.predict}
        <Line>
          <Sub letter="r̂" index="ui" /> = {trace.mu !== null && <span className="symbol">μ + </span>}
          {trace.userBias && (
            <>
              <Sub letter="b" index="u" /> + <Sub letter="b" index="i" /> +{' '}
            </>
          )}
          <Sub letter="p" index="u" /> · <Sub letter="q" index="i" />
        </Line>
        <Line>
          = {predictionSum(trace)} = <strong>{result(trace.predicted)}</strong>
        </Line>
      </li>
      <li>
        {words.steps.error}
        <Line>
          <span className="symbol">e</span> = <Sub letter="r" index="ui" /> − <Sub letter="r̂" index="ui" /> ={' '}
          {formatExact(trace.rating)} − {term(trace.predicted)} = <strong>{result(trace.error)}</strong>
        </Line>
      </li>
      {adam !== null && <li>{words.adamStep(adam)}</li>}
      {adam === null && trace.userBias && trace.itemBias && (
        <li>
          {words.steps.biases}
          <BiasLine index="u" bias={trace.userBias} trace={trace} />
          <BiasLine index="i" bias={trace.itemBias} trace={trace} />
        </li>
      )}
      {adam === null && (
        <>
          <li>
            {words.steps.p}
            {shown.map((factor, k) => (
              <UpdateLine
                // biome-ignore lint/suspicious/noArrayIndexKey: factors are known by their place
                key={k}
                letter="p"
                index={`u${k + 1}`}
                before={factor.p}
                partner={factor.q}
                after={factor.newP}
                trace={trace}
              />
            ))}
            <Rest of={trace.factors.length} />
          </li>
          <li>
            {words.steps.q}, <span className="muted">{trace.update === 'sequential' ? words.newP : words.oldP}</span>
            {shown.map((factor, k) => (
              <UpdateLine
                // biome-ignore lint/suspicious/noArrayIndexKey: factors are known by their place
                key={k}
                letter="q"
                index={`i${k + 1}`}
                before={factor.q}
                partner={trace.update === 'sequential' ? factor.newP : factor.p}
                after={factor.newQ}
                trace={trace}
              />
            ))}
            <Rest of={trace.factors.length} />
          </li>
        </>
      )}
    </ol>
  );
}

/** The update made last, spelled out: at slow speeds while training, and at rest after a step of one rating. */
export function Narration() {
  const trace = useApp((state) =>
    state.run.playhead === null && (state.view.speed < NARRATED_SPEEDS || state.run.status !== 'training')
      ? state.run.trace
      : null,
  );
  const dataset = useApp((state) => state.study.dataset);
  const optimizer = useApp((state) => state.study.model.optimizer);
  const words = strings.playback;
  const user = trace ? dataset.users[trace.user] : undefined;
  const item = trace ? dataset.items[trace.item] : undefined;
  return (
    <section className="narration" aria-label={words.narration}>
      <h3>{words.narration}</h3>
      {trace && user !== undefined && item !== undefined ? (
        <Steps
          trace={trace}
          names={words.picked(user, item)}
          adam={optimizer.kind === 'adam' ? optimizer.batch : null}
        />
      ) : (
        <p className="muted small">{words.narrationEmpty}</p>
      )}
    </section>
  );
}
