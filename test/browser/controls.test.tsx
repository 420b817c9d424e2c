import { type ReactNode, useState } from 'react';
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { LEARNING_RATE_STOPS, LogSlider, REGULARIZATION_STOPS } from '../../src/views/controls/LogSlider.tsx';
import { NumberField, type NumberFieldProps } from '../../src/views/controls/NumberField.tsx';
import { RadioGroup } from '../../src/views/controls/RadioGroup.tsx';
import { Term } from '../../src/views/controls/Term.tsx';
import { fakeHandle, runAt } from './fake-handle.ts';
import { painted, render } from './render.tsx';

async function show(element: ReactNode): Promise<void> {
  render(fakeHandle(runAt(3, false), false).handle, element);
  await painted();
}

/** A field that keeps what it commits, and writes it down. */
function Kept({ start, committed, ...rest }: { start: number; committed: number[] } & Partial<NumberFieldProps>) {
  const [value, setValue] = useState(start);
  const onCommit = (next: number) => {
    committed.push(next);
    setValue(next);
  };
  return <NumberField label="Factors k" symbol="k" value={value} onCommit={onCommit} {...rest} />;
}

const field = () => page.getByRole('spinbutton', { name: 'Factors k' });

describe('a number field', () => {
  test('is a text input that says its number and limits', async () => {
    await show(<Kept start={3} committed={[]} min={1} max={512} integer />);
    await expect.element(field()).toHaveValue('3');
    await expect.element(field()).toHaveAttribute('type', 'text');
    await expect.element(field()).toHaveAttribute('aria-valuenow', '3');
    await expect.element(field()).toHaveAttribute('aria-valuemin', '1');
    await expect.element(field()).toHaveAttribute('aria-valuemax', '512');
    await expect.element(field()).toHaveAttribute('aria-valuetext', '3');
  });

  test('commits on Enter and on leaving, once, and not while typing', async () => {
    const committed: number[] = [];
    await show(<Kept start={3} committed={committed} min={1} integer />);
    await field().fill('12');
    expect(committed).toEqual([]);
    await userEvent.keyboard('{Enter}');
    expect(committed).toEqual([12]);
    await userEvent.tab();
    expect(committed).toEqual([12]);
    await field().fill(' 7 ');
    await userEvent.tab();
    expect(committed).toEqual([12, 7]);
    await expect.element(field()).toHaveValue('7');
  });

  test.each([
    ['3,5', '“3,5” has a decimal comma; write a point: 3.5. k stays 3.'],
    ['abc', '“abc” is not a number. k stays 3.'],
    ['4abc', '“4abc” is not a number. k stays 3.'],
    ['', '“” is not a number. k stays 3.'],
    ['1e400', '“1e400” is too large for a number. k stays 3.'],
    ['2.5', '“2.5” is not a whole number. k stays 3.'],
    ['0', '0 is too small: the least is 1. k stays 3.'],
    ['1e9', '1e9 is too large: the most is 512. k stays 3.'],
  ])('answers %j beside the field, keeps it, and changes nothing', async (text, answer) => {
    const committed: number[] = [];
    await show(<Kept start={3} committed={committed} min={1} max={512} integer />);
    await field().fill(text);
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alert')).toHaveTextContent(answer);
    await expect.element(field()).toHaveValue(text);
    await expect.element(field()).toHaveAttribute('aria-invalid', 'true');
    await expect.element(field()).toHaveAccessibleDescription(answer);
    await expect.element(field()).toHaveAttribute('aria-valuenow', '3');
    expect(committed).toEqual([]);
  });

  test('Esc restores the number and takes the answer away', async () => {
    await show(<Kept start={3} committed={[]} min={1} />);
    await field().fill('abc');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alert')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(field()).toHaveValue('3');
    expect(page.getByRole('alert').query()).toBeNull();
    await expect.element(field()).not.toHaveAttribute('aria-invalid');
  });

  test('a limit that is not itself allowed is said as such', async () => {
    await show(<Kept start={3} committed={[]} exclusiveMin={0} />);
    await field().fill('0');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alert')).toHaveTextContent('the least is just above 0. k stays 3.');
  });

  test('arrow keys step, Page keys ten times that, within the limits', async () => {
    const committed: number[] = [];
    await show(<Kept start={3} committed={committed} min={1} max={20} integer />);
    await field().click();
    await userEvent.keyboard('{ArrowUp}{PageUp}{PageUp}{ArrowDown}{PageDown}{PageDown}{ArrowDown}');
    expect(committed).toEqual([4, 14, 20, 19, 9, 1]);
  });

  test('logarithmic steps never leave a tail of binary digits', async () => {
    const committed: number[] = [];
    await show(<Kept start={0.01} committed={committed} exclusiveMin={0} step="log" />);
    await field().click();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{PageUp}{ArrowDown}');
    expect(committed).toEqual([0.011, 0.012, 0.12, 0.11]);
  });

  test('a click elsewhere is not lost to the answer; a number changed there takes the place of the mistake', async () => {
    function Both() {
      const [value, setValue] = useState(3);
      return (
        <>
          <NumberField label="Factors k" value={value} onCommit={setValue} />
          <h2>beside</h2>
          <button type="button" onClick={() => setValue(8)}>
            elsewhere
          </button>
        </>
      );
    }
    await show(<Both />);
    await field().fill('abc');
    await userEvent.click(page.getByRole('heading', { name: 'beside' }));
    await expect.element(page.getByRole('alert')).toHaveTextContent('“abc” is not a number.');
    await field().fill('abcd');
    await page.getByRole('button', { name: 'elsewhere' }).click();
    await expect.element(field()).toHaveValue('8');
    expect(page.getByRole('alert').query()).toBeNull();
  });
});

describe('a logarithmic slider', () => {
  test('moves by keys over decimals, each press with a mark of its own', async () => {
    const moves: [number, string][] = [];
    function Rate() {
      const [value, setValue] = useState(0.01);
      return (
        <LogSlider
          label="Learning rate α"
          value={value}
          stops={LEARNING_RATE_STOPS}
          onChange={(next, mark) => {
            moves.push([next, mark]);
            setValue(next);
          }}
        />
      );
    }
    await show(<Rate />);
    const slider = page.getByRole('slider', { name: 'Learning rate α' });
    (slider.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}');
    expect(moves.map(([value]) => value)).toEqual([0.011, 0.012, 0.011]);
    expect(new Set(moves.map(([, mark]) => mark)).size).toBe(3);
    await expect.element(slider).toHaveAttribute('aria-valuetext', '0.011');
    await userEvent.keyboard('{Home}{End}');
    expect(moves.slice(-2).map(([value]) => value)).toEqual([0.00001, 10]);
  });

  test('all moves of one drag have the same mark', async () => {
    const moves: [number, string][] = [];
    await show(
      <LogSlider
        label="Regularization β"
        value={0.02}
        stops={REGULARIZATION_STOPS}
        onChange={(next, mark) => moves.push([next, mark])}
      />,
    );
    const slider = page.getByRole('slider', { name: 'Regularization β' }).element();
    if (!(slider instanceof HTMLInputElement)) throw new Error('not an input');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const drag = (position: number) => {
      set?.call(slider, String(position));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    };
    slider.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    drag(3);
    drag(2);
    drag(0);
    slider.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    drag(1);
    expect(moves.map(([value]) => value)).toEqual([0.00012, 0.00011, 0, 0.0001]);
    expect(moves.map(([, mark]) => mark === moves[0]?.[1])).toEqual([true, true, true, false]);
  });
});

test('a radio group has its promised names and moves by arrow keys', async () => {
  function Order() {
    const [value, setValue] = useState<'row' | 'mixed'>('row');
    return (
      <RadioGroup
        label="Visiting order"
        value={value}
        onChange={setValue}
        options={[
          { value: 'row', label: 'row by row' },
          { value: 'mixed', label: 'shuffled' },
        ]}
      />
    );
  }
  await show(<Order />);
  const group = page.getByRole('radiogroup', { name: 'Visiting order' });
  await expect.element(group.getByRole('radio', { name: 'row by row' })).toBeChecked();
  (group.getByRole('radio', { name: 'row by row' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(group.getByRole('radio', { name: 'shuffled' })).toBeChecked();
});

test('a term tells its meaning on a tap and on Enter, and Esc closes it', async () => {
  await show(<Term term="Epoch" meaning="One pass over all seen ratings." />);
  const term = page.getByRole('button', { name: 'Epoch' });
  await term.click();
  await expect
    .element(page.getByRole('dialog', { name: 'Epoch' }))
    .toHaveTextContent('One pass over all seen ratings.');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(term).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('dialog', { name: 'Epoch' })).toBeVisible();
});
