import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/core/dataset.ts';
import { ratingsFrom } from '../../src/core/ratings.ts';
import { factorsCsv, predictionsCsv, ratingsCsv } from '../../src/io/export-csv.ts';
import { readRatingsText } from '../../src/io/ratings-text.ts';
import { anySession } from './sessions.ts';

const dataset: Dataset = {
  name: 'Two viewers, three films',
  users: ['Ana', 'Bo, "the" second'],
  items: ['Alien', 'Brazil', '=1+1'],
  userKeys: [0, 1],
  itemKeys: [0, 1, 2],
  userIds: null,
  itemIds: null,
  scale: { min: 1, max: 5, step: 1 },
  ratings: ratingsFrom([
    { user: 0, item: 0, value: 5 },
    { user: 0, item: 1, value: 0.1 + 0.2, heldOut: true },
    { user: 1, item: 2, value: -0 },
  ]),
  holdOut: null,
  truth: null,
};

const parameters = {
  k: 2,
  P: Float64Array.of(1, 2, 3, 4),
  Q: Float64Array.of(0.5, 0, 0, 0.5, 0.1, 0.2),
  bu: Float64Array.of(0.25, 0),
  bi: Float64Array.of(0, 0, -1),
  mu: 3,
};

describe('ratingsCsv', () => {
  it('writes a line for each rating, with every digit', () => {
    expect(ratingsCsv(dataset)).toBe(
      'user,item,rating\r\nAna,Alien,5\r\nAna,Brazil,0.30000000000000004\r\n"Bo, ""the"" second","=1+1",-0\r\n',
    );
  });

  it('writes times where there are some, and ids where names repeat', () => {
    const timed = {
      ...dataset,
      users: ['Ana', 'Ana'],
      userIds: ['u1', 'u2'],
      ratings: ratingsFrom([{ user: 1, item: 0, value: 4, time: 964982703 }]),
    };
    expect(ratingsCsv(timed)).toBe('user,item,rating,timestamp\r\nu2,Alien,4,964982703\r\n');
  });

  it('tells rows apart whose names repeat', () => {
    const twins = { ...dataset, users: ['Ana', 'Ana'] };
    expect(ratingsCsv(twins)).toContain('\r\nAna (2),"=1+1",-0\r\n');
    expect(ratingsCsv({ ...twins, items: ['Ana', 'Ana (2)', 'Ana'] })).toContain('\r\nAna (2),Ana (3),-0\r\n');
  });

  it('reads back as the same ratings', () => {
    const plainNames = anySession.filter(({ study: { dataset: d } }) =>
      // The reader trims names and takes no line for a name alone; the grid lets no other names in.
      [...d.users, ...d.items].every((name) => name === name.trim() && !/[\p{Cc}\ud800-\udfff]/u.test(name)),
    );
    fc.assert(
      fc.property(plainNames, ({ study }) => {
        const { userIds, itemIds, ratings } = study.dataset;
        fc.pre(ratings.value.length > 0);
        const text = ratingsCsv(study.dataset);
        const read = readRatingsText(text, 'x');
        if (!read.ok) throw new Error(JSON.stringify(read.problem));
        expect(read.value.skippedTotal).toBe(0);
        const back = read.value.dataset;
        const cells = (d: Dataset, users: readonly string[], items: readonly string[]) =>
          Array.from(d.ratings.value, (value, at) => [
            users[d.ratings.user[at] ?? 0],
            items[d.ratings.item[at] ?? 0],
            value,
            d.ratings.time?.[at],
          ]).sort();
        if (userIds && itemIds) {
          expect(cells(back, back.users, back.items)).toEqual(cells(study.dataset, userIds, itemIds));
        }
        expect(ratingsCsv(back).split('\r\n').sort()).toEqual(text.split('\r\n').sort());
      }),
      { numRuns: 200 },
    );
  });
});

describe('predictionsCsv', () => {
  it('says of every pair what is predicted and why it is known or not', () => {
    expect(predictionsCsv(dataset, parameters).split('\r\n')).toEqual([
      'user,item,predicted,status,rating',
      'Ana,Alien,3.75,seen,5',
      'Ana,Brazil,4.25,held out,0.30000000000000004',
      'Ana,"=1+1",2.75,gap,',
      '"Bo, ""the"" second",Alien,4.5,gap,',
      '"Bo, ""the"" second",Brazil,5,gap,',
      '"Bo, ""the"" second","=1+1",3.1,seen,-0',
      '',
    ]);
  });

  it('keeps to a choice of users and items', () => {
    const choice = { users: Int32Array.of(1), items: Int32Array.of(1) };
    expect(predictionsCsv(dataset, parameters, choice)).toBe(
      'user,item,predicted,status,rating\r\n"Bo, ""the"" second",Brazil,5,gap,\r\n',
    );
  });
});

describe('factorsCsv', () => {
  it('writes μ, users and items with their biases and factors', () => {
    expect(factorsCsv(dataset, parameters).split('\r\n')).toEqual([
      'kind,name,bias,factor 1,factor 2',
      'mean,,3,,',
      'user,Ana,0.25,1,2',
      'user,"Bo, ""the"" second",0,3,4',
      'item,Alien,0,0.5,0',
      'item,Brazil,0,0,0.5',
      'item,"=1+1",-1,0.1,0.2',
      '',
    ]);
  });

  it('has no column of biases where there are none', () => {
    expect(factorsCsv(dataset, { ...parameters, bu: null, bi: null, mu: null }).split('\r\n')[1]).toBe('user,Ana,1,2');
  });
});

it('leaves a cell empty rather than write what is no number', () => {
  const huge = { ...parameters, P: Float64Array.of(1e308, 0, Number.NaN, 0), Q: Float64Array.of(1e308, 0, 1, 0, 0, 0) };
  const text = predictionsCsv(dataset, huge) + factorsCsv(dataset, { ...huge, mu: Number.POSITIVE_INFINITY });
  expect(text).not.toMatch(/Infinity|NaN/);
  expect(text).toContain('\r\nAna,Alien,,seen,5\r\n');
  expect(text).toContain('\r\nmean,,,,\r\n');
});
