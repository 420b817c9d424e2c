import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/core/dataset.ts';
import { inferScale } from '../../src/io/infer-scale.ts';
import { type ReadRatings, SKIPPED_SHOWN } from '../../src/io/ratings-builder.ts';
import { readRatingsText } from '../../src/io/ratings-text.ts';
import { readTime } from '../../src/io/read-time.ts';
import { describeProblem, strings } from '../../src/strings/index.ts';

function read(text: string | Uint8Array): ReadRatings {
  const result = readRatingsText(text, 'ratings');
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

/** The ratings as "Ana Alien 5" in the dataset's order. */
function list({ users, items, ratings }: Dataset): string[] {
  return Array.from(ratings.value, (value, at) => {
    return `${users[ratings.user[at] ?? -1]} ${items[ratings.item[at] ?? -1]} ${Object.is(value, -0) ? '-0' : value}`;
  });
}

const PLAIN = ['Ana Alien 5', 'Ana Brazil 3.5', 'Bo Alien 0'];

describe('a list of ratings', () => {
  it.each([
    ['commas', 'Ana,Alien,5\nAna,Brazil,3.5\nBo,Alien,0\n'],
    ['no line end at the end', 'Ana,Alien,5\nAna,Brazil,3.5\nBo,Alien,0'],
    ['a header', 'user,item,rating\nAna,Alien,5\nAna,Brazil,3.5\nBo,Alien,0\n'],
    ['a header that nobody knows', 'wer,was,wieviel\nAna,Alien,5\nAna,Brazil,3.5\nBo,Alien,0\n'],
    ['tabs', 'Ana\tAlien\t5\nAna\tBrazil\t3.5\nBo\tAlien\t0\n'],
    ['semicolons', 'Ana;Alien;5\nAna;Brazil;3.5\nBo;Alien;0\n'],
    ['double colons', 'Ana::Alien::5\nAna::Brazil::3.5\nBo::Alien::0\n'],
    ['CRLF', 'Ana,Alien,5\r\nAna,Brazil,3.5\r\nBo,Alien,0\r\n'],
    ['CR', 'Ana,Alien,5\rAna,Brazil,3.5\rBo,Alien,0\r'],
    ['a byte order mark', '\uFEFFuser,item,rating\nAna,Alien,5\nAna,Brazil,3.5\nBo,Alien,0\n'],
    ['a byte order mark and no header', '\uFEFFAna,Alien,5\nAna,Brazil,3.5\nBo,Alien,0\n'],
    ['spaces and blank lines', '\n Ana , Alien,  5 \n\n   \nAna,Brazil,3.5\nBo,Alien,0\n\n'],
    ['quotes', '"Ana","Alien","5"\n"Ana","Brazil","3.5"\nBo,Alien,0\n'],
    ['another column order', 'Rating,Movie,Timestamp,User ID\n5,Alien,1,Ana\n3.5,Brazil,2,Ana\n0,Alien,3,Bo\n'],
    [
      'more columns than are needed',
      'user,x,item,y,rating,z\nAna,1,Alien,2,5,3\nAna,1,Brazil,2,3.5,3\nBo,1,Alien,2,0,3\n',
    ],
    ['exponents', 'Ana,Alien,50e-1\nAna,Brazil,+3.5\nBo,Alien,0.0\n'],
  ])('is read with %s', (_what, text) => {
    const { dataset, skippedTotal } = read(text);
    expect(list(dataset)).toEqual(PLAIN);
    expect(dataset.users).toEqual(['Ana', 'Bo']);
    expect(dataset.items).toEqual(['Alien', 'Brazil']);
    expect(skippedTotal).toBe(0);
  });

  it('reads bytes that are not UTF-8: Windows-1252 and UTF-16', () => {
    expect(read(Uint8Array.from([...'Jos\xe9,Amelie,4'].map((c) => c.charCodeAt(0)))).dataset.users).toEqual(['José']);
    const utf16 = Uint8Array.from([0xff, 0xfe, ...[...'José,Amélie,4\n'].flatMap((c) => [c.charCodeAt(0), 0])]);
    expect(read(utf16).dataset.users).toEqual(['José']);
  });

  it('keeps names that look like code as the texts that they are', () => {
    const { dataset } = read('__proto__,<b>x</b>,4\nconstructor,toString,2\n=1+1,@x,3\n');
    expect(list(dataset)).toEqual(['__proto__ <b>x</b> 4', 'constructor toString 2', '=1+1 @x 3']);
  });

  it('reads what MovieLens writes: times, half stars, ids in numeric order', () => {
    const { dataset, header, delimiter } = read(
      'userId,movieId,rating,timestamp\r\n10,296,5.0,1147880044\r\n2,1,0.5,1147868817\r\n2,1000000000,4.0,1147868828\r\n',
    );
    expect(dataset.users).toEqual(['2', '10']);
    expect(dataset.items).toEqual(['1', '296', '1000000000']);
    expect(list(dataset)).toEqual(['2 1 0.5', '2 1000000000 4', '10 296 5']);
    expect(dataset.ratings.time).toEqual(Float64Array.of(1147868817, 1147868828, 1147880044));
    expect(dataset.scale).toEqual({ min: 0.5, max: 5, step: 0.5 });
    expect([header, delimiter]).toEqual([true, ',']);
    expect(list(read('1::1193::5::978300760\n1::661::3::978302109\n').dataset)).toEqual(['1 661 3', '1 1193 5']);
  });

  it('keeps ids apart that are the same number but not the same text, and then the order of appearance', () => {
    expect(read('01,a,1\n1,a,2\n').dataset.users).toEqual(['01', '1']);
    expect(read('10,x,1\nAna,x,2\n2,x,3\n').dataset.users).toEqual(['10', 'Ana', '2']);
  });

  it('takes the last line of a pair and says what became of the others', () => {
    const { dataset, skipped, skippedTotal } = read('Ana,Alien,1\nBo,Alien,2\nAna,Alien,3\nAna,Alien,4\n');
    expect(list(dataset)).toEqual(['Ana Alien 4', 'Bo Alien 2']);
    expect(skippedTotal).toBe(2);
    expect(skipped).toEqual([
      { line: 1, reason: { code: 'duplicate-rating', got: 'Ana, Alien' } },
      { line: 3, reason: { code: 'duplicate-rating', got: 'Ana, Alien' } },
    ]);
  });

  const bad = [
    'Ana,Alien,5',
    'Ana,Brazil',
    'Ana,Clue,good',
    ',Alien,5',
    'Ana;Dune;3',
    'Ana,Dune,1e400',
    'Ana,Dune,1e101',
    'Ana,Dune,4abc',
    'Ana,Dune,NaN',
    `${'x'.repeat(201)},Dune,5`,
    'Bo,Alien,4',
  ];
  const reasons = [
    [2, 'wrong-length'],
    [3, 'not-a-number'],
    [4, 'name-empty'],
    [5, 'wrong-length'],
    [6, 'not-finite'],
    [7, 'rating-too-large'],
    [8, 'not-a-number'],
    [9, 'not-a-number'],
    [10, 'out-of-range'],
  ];

  it('skips lines that it cannot read, each with its number and reason', () => {
    const { dataset, skipped } = read(bad.join('\n'));
    expect(list(dataset)).toEqual(['Ana Alien 5', 'Bo Alien 4']);
    expect(skipped.map(({ line, reason }) => [line, reason.code])).toEqual(reasons);
  });

  it('says the same of a file with quotes, where a cell may hold lines', () => {
    const quoted = ['"Ana",Alien,5', ...bad.slice(1, -1), '"B\no",Alien,4', 'Cy,Alien,?'].join('\n');
    const { dataset, skipped } = read(quoted);
    expect(list(dataset)).toEqual(['Ana Alien 5', 'B\no Alien 4']);
    expect(skipped.map(({ line, reason }) => [line, reason.code])).toEqual([...reasons, [13, 'not-a-number']]);
  });

  it('answers a decimal comma with the point that is meant', () => {
    expect(read('Ana;Alien;3,5\nAna;Brazil;4\n').skipped).toEqual([
      { line: 1, reason: { code: 'decimal-comma', got: '3,5', expected: '3.5' } },
    ]);
  });

  it('names the first of many skipped lines and counts them all', () => {
    const { skipped, skippedTotal } = read(`Ana,Alien,5\n${'Ana,Alien,x\n'.repeat(1000)}`);
    expect(skipped.length).toBe(SKIPPED_SHOWN);
    expect(skippedTotal).toBe(1000);
  });

  it('drops times that cannot be read, not the ratings', () => {
    expect(read('Ana,Alien,5,yesterday\nBo,Alien,4,1\n').dataset.ratings.time).toBe(null);
    expect(read('Ana,Alien,5,1\nBo,Alien,4\n').dataset.ratings.time).toBe(null);
    expect(read('user,item,rating,date\nAna,Alien,5,2015-03-09 22:52:09\n').dataset.ratings.time).toEqual(
      Float64Array.of(1425941529),
    );
  });

  it('reads the same by bytes and through quotes', () => {
    const id = fc.oneof(
      fc.nat(30).map(String),
      fc.stringMatching(/^[A-Za-z0-9_. é]{1,6}$/).filter((s) => s.trim() !== ''),
    );
    const number = fc.oneof(
      fc.nat(10).map(String),
      fc.double({ noNaN: true, min: -1e99, max: 1e99 }).map(String),
      fc.constantFrom('x', '', '-0', '1.50', '.5', '5.'),
    );
    const line = fc.tuple(id, id, number, fc.nat(2_000_000_000)).map((cells) => cells.join(';'));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        const header = 'user;item;rating;time';
        const plain = readRatingsText([header, ...lines].join('\n'), 'x');
        const quoted = readRatingsText(['"user";item;rating;time', ...lines].join('\r\n'), 'x');
        expect(quoted).toEqual(plain);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a matrix of numbers', () => {
  it('is read where rows have other than three or four cells; blanks are gaps, zeros are ratings', () => {
    const { dataset, layout, zeros } = read('5,3,0,1,2\n4,0,0,1,3\n1,1,0,5,4\n');
    expect(layout).toBe('matrix');
    expect(dataset.users).toEqual(['User 1', 'User 2', 'User 3']);
    expect(dataset.items[4]).toBe('Item 5');
    expect(dataset.ratings.value).toEqual(Float64Array.of(5, 3, 0, 1, 2, 4, 0, 0, 1, 3, 1, 1, 0, 5, 4));
    expect(zeros).toBe(4);
    expect(read('5\t3\t\t1\t2\n4\t\t\t1\t3\n').dataset.ratings.value.length).toBe(7);
  });

  it('is read with names at its edges, three columns wide too when its corner is blank', () => {
    const { dataset } = read(',Alien,"Brazil, again"\nAna,5,\nBo,,4.5\n');
    expect(dataset.users).toEqual(['Ana', 'Bo']);
    expect(dataset.items).toEqual(['Alien', 'Brazil, again']);
    expect(list(dataset)).toEqual(['Ana Alien 5', 'Bo Brazil, again 4.5']);
  });

  it('is refused with the cell that is wrong', () => {
    expect(readRatingsText('1,2,3,4,5\n1,2,x,4,5\n', 'x')).toEqual({
      ok: false,
      problem: { code: 'not-a-number', where: 'row 2, column 3', got: 'x' },
    });
    expect(readRatingsText('1,2,3,4,5\n1,2,3,4\n', 'x')).toEqual({
      ok: false,
      problem: { code: 'block-ragged', where: 'row 2', got: '4', expected: '5' },
    });
  });
});

describe('a matrix as programs write it', () => {
  const dense = Float64Array.of(5, 3, 0, 1, 4, 0, 0, 1, 1, 1, 0, 5);
  it.each([
    [
      'the notebook',
      'R = [\n     [5,3,0,1],\n     [4,0,0,1],\n     [1,1,0,5],\n    ]\n\nR = numpy.array(R)\n\nN = len(R)\n',
    ],
    ['one line', 'R = [[5,3,0,1],[4,0,0,1],[1,1,0,5]]'],
    ['JSON', '[[5, 3, 0, 1], [4, 0, 0, 1], [1, 1, 0, 5]]\n'],
    ['numpy', 'import numpy as np\nR = np.array([[5,3,0,1],  # Ana\r\n [4,0,0,1],\r\n [1.0,1e0,0.,5,]])\r\n'],
  ])('is read from %s, and its zeros are counted', (_what, text) => {
    const { dataset, layout, zeros } = read(text);
    expect(dataset.ratings.value).toEqual(dense);
    expect([dataset.users, dataset.items.length]).toEqual([['User 1', 'User 2', 'User 3'], 4]);
    expect([layout, zeros]).toEqual(['matrix', 4]);
  });

  it('has gaps where it says None, null or NaN', () => {
    const { dataset, zeros } = read('[[5, None, null], [NaN, np.nan, 2]]');
    expect(list(dataset)).toEqual(['User 1 Item 1 5', 'User 2 Item 3 2']);
    expect(zeros).toBe(0);
  });

  it.each([
    ['[[5,3],[4]]', { code: 'block-ragged', where: 'row 2', got: '1', expected: '2' }],
    ['[[5,3],[4,"x"]]', { code: 'not-a-number', where: 'row 2, column 2', got: 'x' }],
  ])('is refused whole: %s', (text, problem) => {
    expect(readRatingsText(text, 'x')).toEqual({ ok: false, problem });
  });

  it('is none where the brackets do not close', () => {
    expect(readRatingsText('[[5,3],[4,2', 'x').ok).toBe(false);
    expect(readRatingsText('[[[5,3],[4,2]]]', 'x').ok).toBe(false);
  });
});

describe('a file of which no line can be read', () => {
  it.each([
    ['decimal commas', 'user;item;rating\nAna;Alien;3,5\nBo;Alien;4,5\n', 2, 'decimal-comma', '3,5'],
    ['decimal commas, no header', 'Ana;Alien;3,5\nBo;Alien;4,5\n', 1, 'decimal-comma', '3,5'],
    ['decimal commas under names of its own', 'wer;was;wieviel\nAna;Alien;3,5\n', 2, 'decimal-comma', '3,5'],
    ['decimal commas in quotes', 'user,item,rating\r\nAna,Alien,"3,5"\r\n', 2, 'decimal-comma', '3,5'],
    ['words', '\nuser,item,rating\nAna,Alien,good\n', 3, 'not-a-number', 'good'],
  ])('says which line is the first and what is wrong with it: %s', (_what, text, line, code, got) => {
    const result = readRatingsText(text, 'x');
    if (result.ok) throw new Error('was read');
    expect(result.problem).toMatchObject({ code: 'file-no-ratings', first: { where: `line ${line}`, code, got } });
  });

  it('in words', () => {
    const result = readRatingsText('user;item;rating\nAna;Alien;3,5\n', 'x');
    if (result.ok) throw new Error('was read');
    expect(describeProblem({ ...result.problem, where: 'x.csv' })).toBe(
      'x.csv: No line of this file could be read as user, item, rating. Line 2: “3,5” has a decimal comma; write a point: 3.5.',
    );
    expect(readRatingsText('user,item,rating\n', 'x')).toEqual({ ok: false, problem: { code: 'file-no-ratings' } });
  });
});

it('says whether columns were told by a header, and whether one was taken for times', () => {
  const told = ({ layout, header, withTimes }: ReadRatings) => [layout, header, withTimes];
  expect(told(read('5,3,0,1\n4,0,0,1\n'))).toEqual(['list', false, true]);
  expect(told(read('5,3,0\n4,0,0\n'))).toEqual(['list', false, false]);
  expect(told(read('user,item,rating,timestamp\n4,0,0,1\n'))).toEqual(['list', true, true]);
  expect(strings.app.readAs(true)).toBe('Its columns were read as user, item, rating, time.');
  expect(strings.app.openedRatings('a.csv', 1, 1, 1)).toMatch(/^Opened a.csv: 1 rating of 1 user and 1 item, /);
  expect(strings.app.openedRatings('a.csv', 2000, 2, 3)).toMatch(/: 2,000 ratings of 2 users and 3 items, /);
});

describe('what is no ratings', () => {
  it.each([
    ['nothing', '', 'file-empty'],
    ['white space', ' \n\n', 'file-empty'],
    ['prose', 'Dear all,\nplease find attached the ratings.\n', 'file-not-understood'],
    ['other columns', 'userId,movieId,tag,timestamp\n2,60756,funny,1445714994\n', 'file-not-understood'],
    ['titles', 'movieId,title,genres\n1,Toy Story (1995),Comedy\n2,Jumanji (1995),Fantasy\n', 'file-no-ratings'],
    ['a header alone', 'userId,movieId,rating\n', 'file-no-ratings'],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000', 'file-not-text'],
  ])('%s', (_what, text, code) => {
    const result = readRatingsText(text, 'x');
    expect(result.ok ? 'ok' : result.problem.code).toBe(code);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const result = readRatingsText(bytes, 'x');
        if (!result.ok) expect(result.problem.code).not.toBe('');
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a1,;\t:"\n .-]{0,60}$/), (text) => {
        const result = readRatingsText(text, 'x');
        if (result.ok) expect(result.value.dataset.users.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});

describe('inferScale', () => {
  it.each([
    [[0.5, 5, 3.5], { min: 0.5, max: 5, step: 0.5 }],
    [[1, 5, 3], { min: 1, max: 5, step: 1 }],
    [[-10, 10, 0.25], { min: -10, max: 10, step: 0.25 }],
    [[1.1, 4.9], { min: 1.1, max: 4.9, step: 0.1 }],
    [[1.234567, 4.9], { min: 1.234567, max: 4.9, step: 0.01 }],
    [[0, 1234.5678], { min: 0, max: 1234.5678, step: 10 }],
    [[5, 5], { min: 0, max: 5, step: 1 }],
    [[-3], { min: -3, max: 0, step: 1 }],
    [[0], { min: 0, max: 1, step: 1 }],
    [[], { min: 1, max: 5, step: 1 }],
  ])('of %j', (values, scale) => {
    expect(inferScale(Float64Array.from(values))).toEqual(scale);
  });

  it('always has a minimum below its maximum and a step above 0', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e100, max: 1e100 }), { minLength: 1 }), (values) => {
        const { min, max, step } = inferScale(Float64Array.from(values));
        expect(min).toBeLessThan(max);
        expect(step).toBeGreaterThan(0);
        expect(values.every((value) => value >= min && value <= max)).toBe(true);
      }),
    );
  });
});

it('readTime reads seconds and dates, nothing else', () => {
  expect(readTime('964982703')).toBe(964982703);
  expect(readTime('1970-01-02')).toBe(86400);
  expect(readTime('1970-01-01T00:01:00Z')).toBe(60);
  expect(readTime('9/3/2015')).toBeNaN();
  expect(readTime('')).toBeNaN();
});
