import type { ReactNode } from 'react';
import type { BiasTrace, UpdateTrace } from '../../core/trace.ts';
import { NARRATED_SPEEDS } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';
import { formatExact, formatTerm } from '../../strings/numbers.ts';
import { useApp } from '../context.ts';
import { SolvedRow, useSolved } from './SolvedRow.tsx';
import './playback.css';

/** Factors written out; the rest are counted. */
const FACTORS_SHOWN = 4;

/** A number inside a product or a sum: negative ones in parentheses. */
function term(x: number): string {
  const text = formatTerm(x);
  return text.startsWith('-') ? `(${text})` : text;
}

/** The same number at its widest, to keep its room when the sign turns. */
function widest(x: number): string {
  return `(-${formatTerm(Math.abs(x))})`;
}

function Sub({ letter, index }: { readonly letter: string; readonly index: string }) {
  return (
    <span className="symbol">
      {letter}
      <sub>{index}</sub>
    </span>
  );
}

/** `room`: the same line at its widest. It is not shown, but no line below moves when this one wraps otherwise. */
function Line({ children, room }: { readonly children: ReactNode; readonly room?: string }) {
  return (
    <span className="narration-line" data-room={room}>
      <span>{children}</span>
    </span>
  );
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
  const sum = (write: (x: number) => string): string => {
    const push = `2 × ${write(trace.error)}${partner === null ? '' : ` × ${write(partner)}`}`;
    return `${write(before)} + ${formatExact(trace.alpha)} (${push} − ${formatExact(trace.beta)} × ${write(before)}) = `;
  };
  return (
    <Line room={`${letter}${index} ← ${sum(widest)}${widest(after)}`}>
      <Sub letter={letter} index={index} /> ← {sum(term)}
      <strong>{formatTerm(after)}</strong>
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

/**
 * The prediction in the numbers that it has, in the order in which the engine adds them up: ((μ + b_u) + b_i) + p·q with a
 * mean, (p·q + b_u) + b_i without.
 */
function predictionSum(trace: UpdateTrace, write: (x: number) => string): string {
  const products = trace.factors.slice(0, FACTORS_SHOWN).map((factor) => `${write(factor.p)} × ${write(factor.q)}`);
  if (trace.factors.length > FACTORS_SHOWN) products.push('…');
  const biases = [trace.userBias?.before ?? null, trace.itemBias?.before ?? null].flatMap((bias) =>
    bias === null ? [] : [write(bias)],
  );
  const parts = trace.mu === null ? [...products, ...biases] : [write(trace.mu), ...biases, ...products];
  return parts.join(' + ');
}

/** The same in letters. */
function PredictionLetters({ trace }: { readonly trace: UpdateTrace }) {
  const product = (
    <>
      <Sub letter="p" index="u" /> · <Sub letter="q" index="i" />
    </>
  );
  const biases = (
    <>
      <Sub letter="b" index="u" /> + <Sub letter="b" index="i" />
    </>
  );
  if (!trace.userBias) return product;
  return trace.mu === null ? (
    <>
      {product} + {biases}
    </>
  ) : (
    <>
      <span className="symbol">μ</span> + {biases} + {product}
    </>
  );
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
        <span className="narration-pick" title={names}>
          {words.steps.pick}: {names}
        </span>
        <Line>
          <Sub letter="r" index="ui" /> = {formatExact(trace.rating)}
        </Line>
      </li>
      <li>
        {words.steps.predict}
        <Line>
          <Sub letter="r̂" index="ui" /> = <PredictionLetters trace={trace} />
        </Line>
        <Line room={`= ${predictionSum(trace, widest)} = ${widest(trace.predicted)}`}>
          = {predictionSum(trace, term)} = <strong>{formatTerm(trace.predicted)}</strong>
        </Line>
      </li>
      <li>
        {words.steps.error}
        <Line>
          <span className="symbol">e</span> = <Sub letter="r" index="ui" /> − <Sub letter="r̂" index="ui" /> ={' '}
          {formatExact(trace.rating)} − {term(trace.predicted)} = <strong>{formatTerm(trace.error)}</strong>
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

/** The update made last where it is spelled out: at slow speeds while training, and at rest after a step of one rating. */
export function useNarrated(): UpdateTrace | null {
  return useApp((state) =>
    state.run.playhead === null && (state.view.speed < NARRATED_SPEEDS || state.run.status !== 'training')
      ? state.run.trace
      : null,
  );
}

/** What stands there when no update is spelled out. */
const EMPTY = {
  sgd: strings.playback.narrationEmpty,
  momentum: strings.playback.narrationMomentum,
  adam: strings.playback.narrationAdam,
  als: strings.playback.narrationAls,
} as const;

/** That update, step by step. */
export function Narration() {
  const trace = useNarrated();
  const solved = useSolved();
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
      ) : solved ? (
        <SolvedRow solved={solved} name={dataset[solved.side][solved.row] ?? ''} />
      ) : (
        <p className="muted small">{EMPTY[optimizer.kind]}</p>
      )}
    </section>
  );
}
