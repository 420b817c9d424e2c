import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ADAM_DEFAULTS, MOMENTUM_DEFAULTS, type ModelSettings } from '../../src/core/model.ts';
import { ModelPanel } from '../../src/views/panel/ModelPanel.tsx';
import { type Call, fakeHandle, runAt } from './fake-handle.ts';
import { painted, render } from './render.tsx';

let calls: Call[];
let place: HTMLElement;
let setModel: (patch: Partial<ModelSettings>) => void;

async function open(moreSettings: boolean, heldOut = false): Promise<void> {
  const fake = fakeHandle(runAt(5, heldOut), heldOut, { moreSettings });
  calls = fake.calls;
  setModel = (patch) =>
    fake.handle.store.setState((state) => ({
      study: { ...state.study, model: { ...state.study.model, ...patch } },
    }));
  place = render(fake.handle, <ModelPanel />);
  await painted();
}

/** The update rule and the objective, as the letters that are shown. */
function rule(): string {
  const section = place.querySelector('.update-rule');
  return [...(section?.querySelectorAll('math') ?? [])].map((math) => math.textContent?.replace(/\s+/g, '')).join('\n');
}

const spin = (name: string) => page.getByRole('spinbutton', { name, exact: true });
const radio = (group: string, name: string) =>
  page.getByRole('radiogroup', { name: group, exact: true }).getByRole('radio', { name, exact: true });

describe('what is in sight', () => {
  beforeEach(() => open(false, true));

  test('k, α and β, each a field and a slider of the same name', async () => {
    for (const [name, value] of [
      ['Factors k', '2'],
      ['Learning rate α', '0.01'],
      ['Regularization β', '0.2'],
    ] as const) {
      await expect.element(spin(name)).toHaveValue(value);
      await expect.element(page.getByRole('slider', { name, exact: true })).toHaveAttribute('aria-valuetext', value);
    }
  });

  test('beside k: what it buys, of the seen ratings, and that a change restarts', async () => {
    await expect
      .element(spin('Factors k'))
      .toHaveAccessibleDescription('20 numbers for 14 ratings · a change starts over at epoch 0');
    await expect.element(spin('Learning rate α')).toHaveAccessibleDescription('acts from the next epoch on');
    setModel({ prediction: 'mean+factors+biases' });
    await expect.element(page.getByText('30 numbers for 14 ratings')).toBeVisible();
  });

  test('fields change the model; a wrong text does not', async () => {
    await spin('Factors k').fill('4');
    await userEvent.keyboard('{Enter}');
    await spin('Regularization β').fill('-1');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alert')).toHaveTextContent('-1 is too small: the least is 0. β stays 0.2.');
    await userEvent.keyboard('{Escape}');
    await spin('Learning rate α').fill('0.5');
    await userEvent.tab();
    expect(calls).toEqual([
      ['changeModel', { k: 4 }],
      ['changeModel', { alpha: 0.5 }],
    ]);
  });

  test('a slider sends its mark along', async () => {
    (page.getByRole('slider', { name: 'Factors k' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(calls).toEqual([['changeModel', { k: 3 }, expect.stringMatching(/^slider-/)]]);
  });

  test('one line says what is set; More settings is closed', async () => {
    await expect
      .element(page.getByText('P Qᵀ · SGD, sequential · row by row · start U(0, 1) · seed 42 · 2 held out'))
      .toBeVisible();
    const more = page.getByRole('button', { name: 'More settings' });
    await expect.element(more).toHaveAttribute('aria-expanded', 'false');
    expect(page.getByRole('radiogroup').query()).toBeNull();
    await more.click();
    expect(calls).toEqual([['setView', { moreSettings: true }]]);
    await expect.element(radio('Optimizer', 'SGD')).toBeInTheDocument();
  });
});

describe('more settings', () => {
  beforeEach(() => open(true));

  test('choices have their promised names, and only what works is offered', async () => {
    const groups = page
      .getByRole('radiogroup')
      .elements()
      .map((group) => [
        group.getAttribute('aria-label'),
        [...group.querySelectorAll('label')].map((label) => label.textContent),
      ]);
    expect(groups).toEqual([
      ['Prediction', ['P Qᵀ', 'P Qᵀ + biases', 'μ + P Qᵀ + biases']],
      ['Optimizer', ['SGD', 'Adam', 'ALS', 'Momentum']],
      ['Update', ['sequential', 'simultaneous']],
      ['Schedule', ['constant', '1/t', 'step', 'cosine']],
      ['Visiting order', ['row by row', 'shuffled']],
      ['Initialization', ['uniform', 'normal']],
    ]);
    for (const name of ['Seed', 'Hold out %', 'Scale min', 'Scale max', 'Scale step']) {
      await expect.element(spin(name)).toBeInTheDocument();
    }
  });

  test('each choice changes its part of the model', async () => {
    for (const [group, name] of [
      ['Prediction', 'P Qᵀ + biases'],
      ['Optimizer', 'Adam'],
      ['Optimizer', 'ALS'],
      ['Optimizer', 'Momentum'],
      ['Update', 'simultaneous'],
      ['Schedule', 'step'],
      ['Visiting order', 'shuffled'],
      ['Initialization', 'normal'],
    ] as const) {
      await radio(group, name).click();
    }
    expect(calls).toEqual([
      ['changeModel', { prediction: 'factors+biases' }],
      ['changeModel', { optimizer: ADAM_DEFAULTS }],
      ['changeModel', { optimizer: { kind: 'als' } }],
      ['changeModel', { optimizer: MOMENTUM_DEFAULTS }],
      ['changeModel', { optimizer: { kind: 'sgd', update: 'simultaneous' } }],
      ['changeModel', { schedule: { kind: 'step', factor: 0.5, every: 100 } }],
      ['changeModel', { order: 'shuffled' }],
      ['changeModel', { init: { kind: 'normal', mean: 0, std: 0.1 } }],
    ]);
  });

  test('switching the optimizer says that the objective changes; Adam has a batch size and no update', async () => {
    await expect
      .element(page.getByRole('radiogroup', { name: 'Optimizer' }))
      .toHaveAccessibleDescription(/Adam or from it changes the objective, and what β means/);
    setModel({ optimizer: ADAM_DEFAULTS });
    await expect.element(spin('Batch size')).toHaveValue('16');
    expect(page.getByRole('radiogroup', { name: 'Update' }).query()).toBeNull();
    await spin('Batch size').fill('4');
    await userEvent.keyboard('{Enter}');
    expect(calls).toEqual([['changeModel', { optimizer: { ...ADAM_DEFAULTS, batch: 4 } }]]);
  });

  test('Adam chooses how its weight decays; coupled is said by saying nothing', async () => {
    setModel({ optimizer: ADAM_DEFAULTS });
    await expect.element(radio('Weight decay', 'coupled')).toBeChecked();
    await radio('Weight decay', 'decoupled').click();
    setModel({ optimizer: { ...ADAM_DEFAULTS, decay: 'decoupled' } });
    await expect.element(radio('Weight decay', 'decoupled')).toBeChecked();
    await radio('Weight decay', 'coupled').click();
    expect(calls).toEqual([
      ['changeModel', { optimizer: { ...ADAM_DEFAULTS, decay: 'decoupled' } }],
      ['changeModel', { optimizer: ADAM_DEFAULTS }],
    ]);
  });

  test('momentum has γ and an update; ALS has neither, and no learning rate', async () => {
    setModel({ optimizer: MOMENTUM_DEFAULTS });
    await expect.element(spin('Momentum γ')).toHaveAccessibleDescription(/followed 10 times as far/);
    await spin('Momentum γ').fill('0.5');
    await userEvent.keyboard('{Enter}');
    expect(calls).toEqual([['changeModel', { optimizer: { ...MOMENTUM_DEFAULTS, momentum: 0.5 } }]]);
    setModel({ optimizer: { kind: 'als' } });
    await expect.element(spin('Learning rate α')).toBeDisabled();
    await expect.element(spin('Learning rate α')).toHaveAccessibleDescription(/ALS has no learning rate/);
    await expect.element(page.getByRole('slider', { name: 'Learning rate α' })).toBeDisabled();
    // What is said of steps is not there.
    for (const name of ['Update', 'Schedule', 'Visiting order'])
      expect(page.getByRole('radiogroup', { name }).query()).toBeNull();
  });

  test('a schedule has its numbers and its restarts, and α of the epoch is said', async () => {
    setModel({ schedule: { kind: 'step', factor: 0.5, every: 2 } });
    await expect.element(spin('Step factor')).toHaveValue('0.5');
    // Epoch 5: two steps were made.
    await expect.element(spin('Learning rate α')).toHaveAccessibleDescription(/α of this epoch: 0.0025/);
    await spin('Epochs a step').fill('10');
    await userEvent.keyboard('{Enter}');
    await page.getByRole('checkbox', { name: 'Warm restarts' }).click();
    setModel({ schedule: { kind: 'cosine', epochs: 50, restarts: { period: 50, multiplier: 2 } } });
    await expect.element(spin('Restart period')).toHaveValue('50');
    await spin('Period multiplier').fill('3');
    await userEvent.keyboard('{Enter}');
    await page.getByRole('checkbox', { name: 'Warm restarts' }).click();
    await radio('Schedule', 'constant').click();
    expect(calls).toEqual([
      ['changeModel', { schedule: { kind: 'step', factor: 0.5, every: 10 } }],
      ['changeModel', { schedule: { kind: 'step', factor: 0.5, every: 2, restarts: { period: 8, multiplier: 2 } } }],
      ['changeModel', { schedule: { kind: 'cosine', epochs: 50, restarts: { period: 50, multiplier: 3 } } }],
      ['changeModel', { schedule: { kind: 'cosine', epochs: 50 } }],
      ['changeModel', { schedule: null }],
    ]);
  });

  test('factors may be kept non-negative, and training may stop early', async () => {
    await page.getByRole('checkbox', { name: 'Non-negative factors' }).click();
    const early = page.getByRole('checkbox', { name: 'Stop early' });
    await expect.element(early).toHaveAccessibleDescription(/needs held-out ratings/);
    await early.click();
    setModel({ earlyStopping: { patience: 50 }, nonNegative: true });
    await spin('Patience').fill('20');
    await userEvent.keyboard('{Enter}');
    await early.click();
    await page.getByRole('checkbox', { name: 'Non-negative factors' }).click();
    expect(calls).toEqual([
      ['changeModel', { nonNegative: true }],
      ['changeModel', { earlyStopping: { patience: 50 } }],
      ['changeModel', { earlyStopping: { patience: 20 } }],
      ['changeModel', { earlyStopping: null }],
      ['changeModel', { nonNegative: null }],
    ]);
  });

  test('seed, initialization and hold-out', async () => {
    await expect.element(spin('Seed')).toHaveAccessibleDescription('a change starts over at epoch 0');
    await spin('Seed').fill('7');
    await userEvent.keyboard('{Enter}');
    await spin('High').fill('0.5');
    await userEvent.keyboard('{Enter}');
    await spin('Low').fill('2');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alert')).toHaveTextContent('the most is 1. Low stays 0.');
    await userEvent.keyboard('{Escape}');
    await spin('Hold out %').fill('20');
    await userEvent.keyboard('{Enter}');
    expect(calls).toEqual([
      ['changeModel', { seed: 7 }],
      ['changeModel', { init: { kind: 'uniform', low: 0, high: 0.5 } }],
      ['holdOut', 20],
    ]);
  });

  test('Clip to scale is a choice of the view; Show truth is there only where the truth is known', async () => {
    await page.getByRole('checkbox', { name: 'Clip to scale' }).click();
    expect(calls).toEqual([['setView', { clip: true }]]);
    expect(page.getByRole('checkbox', { name: 'Show truth' }).query()).toBeNull();
  });
});

describe('the update rule', () => {
  beforeEach(() => open(false));

  test('has the symbols that apply to factors alone', () => {
    expect(rule().split('\n')).toEqual([
      'e=rui−pu·qi',
      'puk←puk+α(2eqik−βpuk)',
      'qik←qik+α(2epuk−βqik)',
      '∑(e2+β2(‖pu‖2+‖qi‖2))',
    ]);
    expect(place.textContent).toContain('factor by factor; q sees the new p');
  });

  test('gains μ and the biases, and tells the two updates apart', async () => {
    setModel({ prediction: 'mean+factors+biases', optimizer: { kind: 'sgd', update: 'simultaneous' } });
    await expect.element(page.getByText('both read the old values')).toBeVisible();
    expect(rule().split('\n').slice(0, 3)).toEqual(['e=rui−μ−bu−bi−pu·qi', 'bu←bu+α(2e−βbu)', 'bi←bi+α(2e−βbi)']);
  });

  test('is Adam’s under Adam, with its own objective', async () => {
    setModel({ optimizer: ADAM_DEFAULTS });
    await expect.element(page.getByText('the penalty counts once for each number')).toBeVisible();
    expect(rule()).toContain('m←β1m+(1−β1)g');
    expect(rule()).toContain('v←β2v+(1−β2)g2');
    expect(rule()).toContain('w←w−αm/(1−β1t)√(v/(1−β2t))+ε');
    expect(rule()).toContain('1N∑12e2+β2(‖P‖2+‖Q‖2)');
  });

  test('is momentum’s, ALS’s and decoupled Adam’s when they apply', async () => {
    setModel({ optimizer: MOMENTUM_DEFAULTS, nonNegative: true });
    await expect.element(page.getByText('then p and q become max(0, ·)')).toBeVisible();
    expect(rule().split('\n').slice(1, 5)).toEqual(['v←γv+2eqik−βpuk', 'puk←puk+αv', 'v←γv+2epuk−βqik', 'qik←qik+αv']);
    setModel({ optimizer: { kind: 'als' } });
    await expect.element(page.getByText(/each put at its best value or at 0/)).toBeVisible();
    expect(rule().split('\n').slice(0, 2)).toEqual(['(∑qiqiT+nuβ2I)pu', '=∑ruiqi']);
    expect(rule()).toContain('∑(e2+β2(‖pu‖2+‖qi‖2))');
    setModel({ optimizer: { ...ADAM_DEFAULTS, decay: 'decoupled' } });
    await expect.element(page.getByText('first every number shrinks: w ← w − αβw')).toBeVisible();
    expect(rule()).toContain('g=−1B∑e·x\n');
  });

  test('never changes the case of a symbol', () => {
    const letters = [...place.querySelectorAll('.update-rule mi, .symbol-bold')];
    expect(letters.length).toBeGreaterThan(20);
    expect(letters.filter((letter) => getComputedStyle(letter).textTransform !== 'none')).toEqual([]);
  });
});

test('"What is this?" tells every formula and remark of the two seeds, and Esc closes it', async () => {
  await open(false);
  const button = page.getByRole('button', { name: 'What is this?' });
  await button.click();
  const dialog = page.getByRole('dialog', { name: 'What this page does' });
  await expect.element(dialog).toBeVisible();
  const text = (dialog.element().textContent ?? '').replace(/\s+/g, ' ');
  for (const said of [
    '(21.3.1)',
    '(21.3.2)',
    '(21.3.3)',
    'collaborative filtering',
    'explicit ratings',
    'very sparse',
    'P is m × k',
    'Q is n × k',
    'k ≪ m, n',
    'latent features',
    'genre',
    'cannot be interpreted',
    'hyperparameter',
    'embedding',
    'dot product',
    'over-fitting',
    'regularization rate',
    'λ = N·β',
    'gradient descent',
    'local minimum',
    'usually small',
    '5,000 steps',
    'α = 0.0002',
    'β = 0.02',
    'R > 0',
    'α = γ/2 and β = 2λ',
    'Adam',
    'group similar users',
  ]) {
    expect(text).toContain(said);
  }
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(button).toHaveFocus();
});

test('a term in the panel tells the libraries’ convention', async () => {
  await open(false);
  await page.getByRole('button', { name: 'Learning rate α: what it means' }).click();
  await expect.element(page.getByRole('dialog', { name: 'Learning rate α' })).toHaveTextContent('α = γ/2');
});

describe('finding a learning rate', () => {
  const points = [
    [0.001, 2],
    [0.005, 1.8],
    [0.01, 1.2],
    [0.02, 0.9],
    [0.05, 0.7],
    [0.1, 3],
  ].map(([alpha = 0, rmse = 0]) => ({ alpha, rmse }));

  test('asks for a test, draws it, names the regime, and gives α at a click', async () => {
    const fake = fakeHandle(runAt(5, false), false, {});
    calls = fake.calls;
    place = render(fake.handle, <ModelPanel />);
    await page.getByRole('button', { name: 'Find a learning rate' }).click();
    await expect.element(page.getByText('Training a copy with rising learning rates …')).toBeVisible();
    expect(calls).toEqual([['testRates']]);
    const { study } = fake.handle.store.getState();
    const test = { start: 2, points };
    fake.handle.store.setState((state) => ({ run: { ...state.run, rateTest: { test, study } } }));
    await expect.element(page.getByRole('img', { name: 'RMSE seen while the learning rate rises' })).toBeVisible();
    await expect.element(page.getByText(/α 0\.01 is converging\./)).toBeVisible();
    await expect
      .element(
        page.getByText(
          /falls well around α 0\.01 and is lowest at 0\.05; at 0\.1 it is above its start, and longer runs, which were not tried/,
        ),
      )
      .toBeVisible();
    const trials = { epochs: 300, diverges: 0.05 };
    fake.handle.store.setState((state) => ({ run: { ...state.run, rateTest: { test: { ...test, trials }, study } } }));
    await expect
      .element(page.getByText(/Runs of 300 epochs from the start diverge from 0\.05 on; at most a third/))
      .toBeVisible();
    fake.handle.store.setState((state) => ({
      study: { ...state.study, model: { ...state.study.model, alpha: 0.0001 } },
    }));
    await expect.element(page.getByText(/α 0\.0001 is crawling: the loss hardly moves\./)).toBeVisible();
    await page.getByRole('button', { name: 'Use α 0.01' }).click();
    expect(calls.at(-1)).toEqual(['changeModel', { alpha: 0.01 }]);
    // Another β is another loss: the test is made anew, once.
    fake.handle.store.setState((state) => ({
      study: { ...state.study, model: { ...state.study.model, beta: 0.5 } },
    }));
    await expect.element(page.getByText('Training a copy with rising learning rates …')).toBeVisible();
    expect(calls.filter(([name]) => name === 'testRates')).toHaveLength(2);
  });
});
