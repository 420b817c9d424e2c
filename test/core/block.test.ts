import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockToText, parseBlock, tileBlock, zerosInDenseBlock } from '../../src/core/block.ts';
import { datasetFromText } from './dataset-from-text.ts';

function values(text: string): unknown {
  const parsed = parseBlock(text);
  return parsed.ok ? parsed.value.values : parsed.problem;
}

describe('parseBlock', () => {
  test.each([
    [
      '5\t3\t\n4\t\t1',
      [
        [5, 3, null],
        [4, null, 1],
      ],
    ],
    [
      '5\t3\r\n4\t1\r\n',
      [
        [5, 3],
        [4, 1],
      ],
    ],
    ['5\r4', [[5], [4]]],
    ['\n', [[null]]],
    ['\t', [[null, null]]],
    ['5\n\n', [[5], [null]]],
    ['"5"\t" 3 "', [[5, 3]]],
    ['\u22122.5', [[-2.5]]],
    ['0', [[0]]],
  ])('reads %j', (text, cells) => {
    expect(values(text)).toEqual(cells);
  });

  test('takes names from a full edge', () => {
    expect(parseBlock('\tAlien\tBrazil\nAna\t5\t3\nBo\t4\t')).toEqual({
      ok: true,
      value: {
        values: [
          [5, 3],
          [4, null],
        ],
        userNames: ['Ana', 'Bo'],
        itemNames: ['Alien', 'Brazil'],
      },
    });
    expect(parseBlock('user\t"Alien\n""3"""\nAna\t5')).toEqual({
      ok: true,
      value: { values: [[5]], userNames: ['Ana'], itemNames: ['Alien\n"3"'] },
    });
    expect(parseBlock('Alien\t12 Monkeys\n5\t3')).toMatchObject({
      value: { values: [[5, 3]], userNames: null, itemNames: ['Alien', '12 Monkeys'] },
    });
    expect(parseBlock('Ana\t5\nBo\t3')).toMatchObject({
      value: { values: [[5], [3]], userNames: ['Ana', 'Bo'], itemNames: null },
    });
  });

  test.each([
    ['', { code: 'nothing-to-paste' }],
    ['5\t3\n4', { code: 'block-ragged', where: 'row 2', got: '1', expected: '2' }],
    ['5\t3\n4\t1\n\t\t', { code: 'block-ragged', where: 'row 3', got: '3', expected: '2' }],
    ['5\t3\n4\tabc', { code: 'not-a-number', where: 'row 2, column 2', got: 'abc' }],
    ['abc', { code: 'not-a-number', where: 'row 1, column 1', got: 'abc' }],
    ['4abc\n3', { code: 'not-a-number', where: 'row 1, column 1', got: '4abc' }],
    ['5\tabc\n3\t4', { code: 'not-a-number', where: 'row 1, column 2', got: 'abc' }],
    ['NaN\tNaN\n3\t4', { code: 'not-a-number', where: 'row 1, column 1', got: 'NaN' }],
    ['\tAlien\nAna\t3,5', { code: 'decimal-comma', where: 'row 2, column 2', got: '3,5', expected: '3.5' }],
    ['3,5\t2,5\n1\t2', { code: 'decimal-comma', where: 'row 1, column 1', got: '3,5', expected: '3.5' }],
    ['1\n1e400', { code: 'not-finite', where: 'row 2, column 1', got: '1e400' }],
    ['1e101\t2', { code: 'rating-too-large', where: 'row 1, column 1', got: '1e101', expected: '1e+100' }],
    ['"5\t3', { code: 'not-a-number', where: 'row 1, column 1', got: '"5' }],
    ['#N/A\t#N/A\n1\t2', { code: 'not-a-number', where: 'row 1, column 1', got: '#N/A' }],
    ['<b>5</b>', { code: 'not-a-number', where: 'row 1, column 1', got: '<b>5</b>' }],
  ])('refuses %j', (text, problem) => {
    expect(values(text)).toEqual(problem);
  });

  test('takes 100,000 cells and no more', () => {
    const row = `${'1\t'.repeat(99)}1\n`;
    expect(parseBlock(row.repeat(1000)).ok).toBe(true);
    expect(values(row.repeat(1001))).toEqual({ code: 'block-too-large', got: '100100', expected: '100000' });
  });

  test('never throws', () => {
    const piece = fc.constantFrom(
      '\t',
      '\n',
      '\r\n',
      '"',
      '5',
      '-',
      '.',
      ',',
      'abc',
      ' ',
      '0',
      'e',
      '\u22121',
      '__proto__',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (text) => {
          const parsed = parseBlock(text);
          if (!parsed.ok) return;
          const widths = new Set(parsed.value.values.map((row) => row.length));
          expect(widths.size).toBe(1);
          for (const value of parsed.value.values.flat()) expect(value === null || Math.abs(value) <= 1e100).toBe(true);
        },
      ),
    );
  });
});

test('a block is copied as tab-separated text with blanks for gaps', () => {
  const dataset = datasetFromText('5 3? . / 4 . 1');
  expect(blockToText(dataset, [0, 1], [0, 1, 2])).toBe('5\t3\t\n4\t\t1');
  expect(blockToText(dataset, [0], [2])).toBe('\n');
  expect(blockToText(dataset, [1], [0])).toBe('4');
});

test('zeros are counted where a block has no gaps', () => {
  const dense = {
    values: [
      [5, 0],
      [0, 1],
    ],
    userNames: null,
    itemNames: null,
  };
  expect(zerosInDenseBlock(dense)).toBe(2);
  expect(
    zerosInDenseBlock({
      ...dense,
      values: [
        [5, 0],
        [null, 1],
      ],
    }),
  ).toBe(0);
  expect(zerosInDenseBlock({ ...dense, values: [[0]] })).toBe(0);
});

test('a small block fills a larger selection that it divides', () => {
  const block = { values: [[1, 2]], userNames: null, itemNames: null };
  expect(tileBlock(block, 2, 4).values).toEqual([
    [1, 2, 1, 2],
    [1, 2, 1, 2],
  ]);
  expect(tileBlock(block, 2, 3)).toBe(block);
});
