import { DropdownMenu } from 'radix-ui';
import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Setting } from '../../core/experiment/axis.ts';
import { checkPlan } from '../../core/experiment/check-plan.ts';
import { estimateCost, measuredPace } from '../../core/experiment/cost.ts';
import type { SweepPlan } from '../../core/experiment/plan.ts';
import { plansFor, type SuggestedPlans } from '../../core/experiment/suggest.ts';
import { hasOtherPenalty } from '../../core/experiment/verdict.ts';
import { optimizerOf } from '../../core/model.ts';
import type { Problem } from '../../core/problem.ts';
import type { RangeFields, SweepForm } from '../../store/sweep-form.ts';
import { formOf, readForm, SWEPT_SETTINGS, variedSettings, WAYS } from '../../store/sweep-form.ts';
import { describePlanProblem, namePlanProblem } from '../../strings/experiment.ts';
import { strings } from '../../strings/index.ts';
import { sweepForm as text } from '../../strings/sweep-form.ts';
import { useActions, useApp, useExperiment, useExperimentActions, useExperimentRoom, useHandle } from '../context.ts';
import { Checkbox } from '../controls/Checkbox.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { Choice } from './Choice.tsx';
import { fixedSettings } from './fixed-settings.ts';
import { experimentMemory, useExperimentMemory, useSetMemory, useSweepForm } from './form-memory.ts';
import { JudgingFields } from './JudgingFields.tsx';
import { type PlacedProblems, placeProblems } from './problem-places.ts';
import { putRight } from './put-right.ts';
import { RangeFieldset } from './RangeFieldset.tsx';
import { StopFields } from './StopFields.tsx';
import { SweepProgress } from './SweepProgress.tsx';
import { useShowSweep } from './shown-sweep.ts';
import { Terms } from './Terms.tsx';
import { Trouble } from './Trouble.tsx';

const PLANS = ['alphaBeta', 'overK', 'learningCurve', 'search'] as const satisfies readonly (keyof SuggestedPlans)[];

/** A plan to begin with: fills in the form; what stood there can be taken back until something is changed. */
function BeginWith() {
  const { store } = useHandle();
  const before = useExperimentMemory((memory) => memory.before);
  const set = useSetMemory();
  const begin = (which: (typeof PLANS)[number]) => {
    const { study, view } = store.getState();
    const { form } = experimentMemory(store).getState();
    const plan = plansFor(study, Math.max(1, view.runTo))[which];
    // Another plan is not what the name was for.
    set({ form: { ...formOf(plan, form), name: '' }, before: { form, plan: text.plans[which] } });
  };
  return (
    <div className="plan-begin">
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="button">
          {text.begin}
          <span aria-hidden="true">▾</span>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="start" sideOffset={6} collisionPadding={8}>
            {PLANS.map((which) => (
              <DropdownMenu.Item key={which} className="menu-item" onSelect={() => begin(which)}>
                {text.plans[which]}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {before && (
        <button type="button" className="button" onClick={() => set({ form: before.form, before: null })}>
          {text.takeBack(before.plan)}
        </button>
      )}
    </div>
  );
}

interface PartProps {
  readonly form: SweepForm;
  readonly problems: PlacedProblems;
  readonly onChange: (patch: Partial<SweepForm>) => void;
}

function useRange({ form, problems, onChange }: PartProps) {
  const { store } = useHandle();
  const { changeModel } = useActions();
  const remedyOf = (found: readonly Problem[]) => {
    const [first] = found;
    const right = first === undefined ? null : putRight(first, form);
    if (right === null) return null;
    const { label, form: patch, optimizer } = right;
    const run = () => {
      if (patch) onChange(patch);
      if (optimizer) changeModel({ optimizer: optimizerOf(optimizer, store.getState().study.model.optimizer) });
    };
    return { label, run };
  };
  return (setting: Setting) => (
    <RangeFieldset
      setting={setting}
      range={form.ranges[setting]}
      problems={problems.settings.get(setting) ?? []}
      drawn={form.way !== 'grid'}
      remedy={remedyOf(problems.settings.get(setting) ?? [])}
      onChange={(range: RangeFields) => onChange({ ranges: { ...form.ranges, [setting]: range } })}
    />
  );
}

const OFFERED = SWEPT_SETTINGS.map((value) => ({ value, label: strings.experiment.settings[value] }));
const NONE = 'none';

/** One setting across, and another one down if wanted. */
function GridPart(props: PartProps) {
  const { form, problems, onChange } = props;
  const id = useId();
  const range = useRange(props);
  const { across, down } = form;
  return (
    <>
      <Choice
        label={text.across}
        value={across}
        options={OFFERED}
        // The two change places where one takes what the other has.
        onChange={(value) => onChange({ across: value, ...(value === down ? { down: across } : {}) })}
      />
      {range(across)}
      <Choice<Setting | typeof NONE>
        label={text.down}
        value={down ?? NONE}
        options={[{ value: NONE, label: text.none }, ...OFFERED]}
        onChange={(value) =>
          onChange(
            value === NONE ? { down: null } : { down: value, ...(value === across && down ? { across: down } : {}) },
          )
        }
        describedBy={problems.axes.length > 0 ? id : undefined}
      />
      {down !== null && down !== across && range(down)}
      <Trouble id={id} problems={problems.axes} />
    </>
  );
}

/** Any number of settings, each with its range, and how many combinations are drawn. */
function SearchPart(props: PartProps) {
  const { form, problems, onChange } = props;
  const id = useId();
  const pointsId = useId();
  const range = useRange(props);
  const { searched, points } = form;
  return (
    <>
      <fieldset className="plan-searched" aria-describedby={problems.axes.length > 0 ? id : undefined}>
        <legend>{text.searched}</legend>
        {SWEPT_SETTINGS.map((setting) => (
          <div key={setting}>
            <Checkbox
              label={strings.experiment.settings[setting]}
              checked={searched.includes(setting)}
              onChange={(checked) =>
                onChange({
                  searched: SWEPT_SETTINGS.filter((one) => (one === setting ? checked : searched.includes(one))),
                })
              }
            />
            {searched.includes(setting) && range(setting)}
          </div>
        ))}
        <Trouble id={id} problems={problems.axes} />
      </fieldset>
      <NumberField
        label={text.points}
        value={points}
        min={1}
        max={200_000}
        integer
        step={10}
        describedBy={problems.points.length > 0 ? pointsId : undefined}
        onCommit={(value) => onChange({ points: value })}
      />
      <Trouble id={pointsId} problems={problems.points} />
    </>
  );
}

/** How long this machine took for its latest sweep that came to rest; null while there is none. */
function useMeasuredPace(): number | null {
  const latest = useExperiment(({ sweeps }) => sweeps.findLast((sweep) => sweep.status === 'done') ?? null);
  return useMemo(() => latest && measuredPace(latest.plan, latest.results), [latest]);
}

/** What the plan would take, once nobody waits for it. */
function Cost({ plan }: { readonly plan: SweepPlan }) {
  const { workers } = useHandle();
  const later = useDeferredValue(plan);
  const pace = useMeasuredPace();
  const cost = useMemo(
    () => (checkPlan(later).length === 0 ? estimateCost(later, workers ?? 1, pace ?? undefined) : null),
    [later, workers, pace],
  );
  return (
    <p className="plan-cost small">
      <span className="numbers">{cost ? text.cost(cost, workers ?? 1) : strings.common.dash}</span>
      <span className="muted numbers">{cost ? text.costParts(cost) : strings.common.dash}</span>
    </p>
  );
}

/** What is wrong with the plan of the form; once somebody tried to start it, or where it was typed. */
function useProblems(form: SweepForm): { plan: SweepPlan; found: readonly Problem[]; placed: PlacedProblems } {
  const study = useApp((state) => state.study);
  return useMemo(() => {
    const { plan, problems } = readForm(form, study);
    const found = [...problems, ...checkPlan(plan)];
    return { plan, found, placed: placeProblems(found, variedSettings(form)) };
  }, [form, study]);
}

/** Puts the focus where the first trouble is: on the field that it describes, or into the group. */
function focusTrouble(form: HTMLFormElement | null): void {
  for (const trouble of form?.querySelectorAll('.plan-trouble[id]') ?? []) {
    const described = form?.querySelector<HTMLElement>(`[aria-describedby~="${CSS.escape(trouble.id)}"]`);
    const field = described?.matches('fieldset')
      ? described.querySelector<HTMLElement>('input, select, button')
      : described;
    if (!field) continue;
    field.focus();
    return;
  }
}

/** A number that was typed and not taken: it stands in its field, but not in the form. Null where there is none. */
function refusedField(form: HTMLFormElement | null): HTMLInputElement | null {
  const fields = form?.querySelectorAll<HTMLInputElement>('input[role="spinbutton"]') ?? [];
  return Array.from(fields).find((field) => field.value !== field.getAttribute('aria-valuetext')) ?? null;
}

/** The form of a sweep: what varies, what judges, from how many seeds, until when; what it takes; and Start. */
export function SweepFormPanel() {
  const [form, onChange] = useSweepForm();
  const { plan, found, placed } = useProblems(form);
  const { store } = useExperimentRoom();
  const { startSweep } = useExperimentActions();
  const show = useShowSweep();
  const formRef = useRef<HTMLFormElement>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const wholeId = useId();
  const nameId = useId();
  const waitsFor = useExperiment(
    ({ sweeps, elsewhere }) => sweeps.find(({ id, status }) => status === 'running' || id === elsewhere)?.name ?? null,
  );
  const varied = variedSettings(form);
  const named = text.named(
    varied.map((setting) => strings.experiment.symbols[setting]),
    form.way !== 'grid',
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was refused is out of date once the form is another
  useEffect(() => setRefused(null), [form]);

  const start = () => {
    if (found.length > 0) {
      const [first] = found;
      setRefused(text.problems(first ? namePlanProblem(first) : ''));
      focusTrouble(formRef.current);
      return;
    }
    // A text that a field refused is not started past: it must be put right first.
    const unsound = refusedField(formRef.current);
    if (unsound) {
      setRefused(text.problems(text.fieldRefused));
      unsound.focus();
      return;
    }
    const problem = startSweep(plan, form.name.trim() || named);
    if (problem) {
      setRefused(describePlanProblem(problem));
      return;
    }
    // The next one is another sweep.
    if (form.name !== '') onChange({ name: '' });
    show(store.getState().sweeps.at(-1)?.id ?? null);
  };

  const props = { form, problems: placed, onChange };
  return (
    <form
      ref={formRef}
      className="plan-form"
      aria-label={text.title}
      // Enter ends a field; it starts nothing.
      onSubmit={(event) => event.preventDefault()}
    >
      <div className="plan-head">
        <h2>{text.title}</h2>
        <BeginWith />
      </div>
      <Choice
        label={text.way}
        value={form.way}
        options={WAYS.map((value) => ({ value, label: text.ways[value] }))}
        onChange={(way) => onChange({ way })}
      />
      {form.way === 'grid' ? <GridPart {...props} /> : <SearchPart {...props} />}
      <div className="plan-part">
        <JudgingFields form={form} problems={placed.judging} onChange={onChange} />
        <NumberField
          label={text.seeds}
          value={form.seeds}
          min={1}
          max={1000}
          integer
          onCommit={(seeds) => onChange({ seeds })}
        />
        <StopFields form={form} problems={placed.stop} onChange={onChange} />
        <Terms of={[form.judging, 'nested', 'seeds', form.stop]} />
      </div>
      <div className="plan-part">
        <p>{text.fixed}</p>
        <p className="small muted">{fixedSettings(plan)}</p>
        {hasOtherPenalty(plan) && <p className="small">{strings.experiment.caveats['other-penalty']}</p>}
        <div className="plan-name">
          <label htmlFor={nameId}>{text.name}</label>
          <input
            id={nameId}
            className="field"
            type="text"
            autoComplete="off"
            maxLength={200}
            placeholder={named}
            value={form.name}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
        </div>
        <Cost plan={plan} />
        <Trouble id={wholeId} problems={placed.whole} />
      </div>
      {/* In sight however long the form is. */}
      <div className="plan-go">
        <button type="button" className="button primary plan-start" onClick={start}>
          {text.start}
        </button>
        {refused !== null && (
          <p className="plan-trouble small" role="alert">
            {refused}
          </p>
        )}
        {waitsFor !== null && <p className="small muted">{text.queued(waitsFor)}</p>}
        <SweepProgress />
      </div>
    </form>
  );
}
