import { fail, ok, type Problem, type Result } from '../core/problem.ts';
import { formulaType } from './check.ts';
import type { Formula } from './lesson.ts';

/*
 * The math of lessons: a subset of TeX that becomes MathML, whose symbols know which cells they stand for.
 *
 *     x  12  + − = < > ( ) , …        letters, numbers, operators       { … }      a group
 *     x_1  x_{ui}  x^2  x_1^2         scripts                            \frac{a}{b}  \sqrt{a}  \hat{a}  \vec{a} (bold)
 *     \alpha … \cdot \le \sum \leftarrow …                               \text{words}
 *     \p{u}{k} \q{i}{k} \r{u}{i} \rhat{u}{i} \e{u}{i} \bu{u} \bi{i}      a symbol that lights up with its cells
 *     \value{rhat(2, 3)}  \value{alpha}{4}                               a computed number, with so many decimals
 *
 * Indices are numbers, or the letters u and i for the selected cell, or k for any factor.
 */

/** A number from 1, or a letter: u and i follow the selection, k means the whole row. */
export type Index = number | 'u' | 'i' | 'k';

/** What a symbol stands for on the stage. */
export type SymbolName = 'p' | 'q' | 'r' | 'rhat' | 'e' | 'bu' | 'bi' | 'mu' | 'alpha' | 'beta';

export interface Lights {
  readonly symbol: SymbolName;
  readonly user?: Index;
  readonly item?: Index;
  readonly factor?: Index;
}

export type MathNode =
  | { readonly kind: 'row'; readonly children: readonly MathNode[] }
  | { readonly kind: 'identifier' | 'number' | 'operator' | 'text'; readonly text: string }
  /** A vector's letter. */
  | { readonly kind: 'bold'; readonly text: string }
  | {
      readonly kind: 'scripts';
      readonly base: MathNode;
      readonly below: MathNode | null;
      readonly above: MathNode | null;
    }
  | { readonly kind: 'fraction'; readonly over: MathNode; readonly under: MathNode }
  | { readonly kind: 'root'; readonly of: MathNode }
  | { readonly kind: 'hat'; readonly of: MathNode }
  /** A symbol of the stage, as it is set; it and its cells light each other up. */
  | { readonly kind: 'symbol'; readonly lights: Lights; readonly of: MathNode }
  /** A number that is computed as the reader looks; `lights` where it is one cell's. */
  | { readonly kind: 'value'; readonly formula: Formula; readonly decimals: number; readonly lights: Lights | null };

/** Decimals of a computed number where nothing is said. */
export const DEFAULT_DECIMALS = 2;
export const DECIMALS_LIMIT = 12;
const DEPTH_LIMIT = 24;

const LETTERS: Readonly<Record<string, string>> = {
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  lambda: 'λ',
  sigma: 'σ',
  theta: 'θ',
  partial: '∂',
  infty: '∞',
};

const SIGNS: Readonly<Record<string, string>> = {
  cdot: '·',
  times: '×',
  le: '≤',
  ge: '≥',
  ne: '≠',
  approx: '≈',
  sum: '∑',
  leftarrow: '←',
  to: '→',
  pm: '±',
  ldots: '…',
  Vert: '‖',
};

/** Letters of the stage that are settings or one number: the symbol alone. */
const PLAIN_SYMBOLS: Readonly<Record<string, { readonly symbol: SymbolName; readonly letter: string }>> = {
  alpha: { symbol: 'alpha', letter: 'α' },
  beta: { symbol: 'beta', letter: 'β' },
  mu: { symbol: 'mu', letter: 'μ' },
};

/** Symbols with indices: what each index counts, and how the letter is set. */
const INDEXED: Readonly<
  Record<
    string,
    { readonly symbol: SymbolName; readonly of: readonly ('user' | 'item' | 'factor')[]; readonly letter: string }
  >
> = {
  p: { symbol: 'p', of: ['user', 'factor'], letter: 'p' },
  q: { symbol: 'q', of: ['item', 'factor'], letter: 'q' },
  r: { symbol: 'r', of: ['user', 'item'], letter: 'r' },
  rhat: { symbol: 'rhat', of: ['user', 'item'], letter: 'r' },
  e: { symbol: 'e', of: ['user', 'item'], letter: 'e' },
  bu: { symbol: 'bu', of: ['user'], letter: 'b' },
  bi: { symbol: 'bi', of: ['item'], letter: 'b' },
};

function wrong(got: string): Problem {
  return { code: 'formula', got: got === '' ? 'it ends too early' : got };
}

function row(children: readonly MathNode[]): MathNode {
  const [only] = children;
  return children.length === 1 && only ? only : { kind: 'row', children };
}

/** u, i and k are letters; a number is a number; where one has two digits a comma keeps them apart. */
function indices(list: readonly Index[]): MathNode {
  const apart = list.some((one) => typeof one === 'number' && one > 9);
  return row(
    list.flatMap((one, at): MathNode[] => [
      ...(apart && at > 0 ? [{ kind: 'operator', text: ',' } as const] : []),
      typeof one === 'number' ? { kind: 'number', text: String(one) } : { kind: 'identifier', text: one },
    ]),
  );
}

/** A letter with its indices, as a symbol of the stage; null when an index is none. */
function indexed(name: string, given: readonly string[]): MathNode | null {
  const kind = INDEXED[name];
  if (!kind) return null;
  const list: Index[] = [];
  for (const [at, text] of given.entries()) {
    const side = kind.of[at];
    const letter = side === 'user' ? 'u' : side === 'item' ? 'i' : 'k';
    if (text === letter) list.push(letter);
    else if (/^[1-9]\d{0,6}$/.test(text)) list.push(Number(text));
    else return null;
  }
  const letter: MathNode = { kind: 'identifier', text: kind.letter };
  const base: MathNode = kind.symbol === 'rhat' ? { kind: 'hat', of: letter } : letter;
  const places = Object.fromEntries(kind.of.map((side, at) => [side, list[at]]));
  return {
    kind: 'symbol',
    lights: { symbol: kind.symbol, ...places },
    of: { kind: 'scripts', base, below: indices(list), above: null },
  };
}

/** The cell that a formula like `P(2, 1)` or `now(rhat(u, i))` is the number of; null for anything else. */
export function lightsOf(formula: Formula): Lights | null {
  const inside = /^\s*now\((.*)\)\s*$/.exec(formula)?.[1];
  if (inside !== undefined) return lightsOf(inside);
  const found = /^\s*(P|Q|r|rhat|e|bu|bi)\(\s*(\w+)\s*(?:,\s*(\w+)\s*)?\)\s*$/.exec(formula);
  if (found === null) {
    const name = formula.trim();
    return Object.hasOwn(PLAIN_SYMBOLS, name) ? { symbol: PLAIN_SYMBOLS[name]?.symbol ?? 'mu' } : null;
  }
  const [, name = '', ...given] = found;
  const written = given.filter((one) => one !== undefined);
  const node = indexed(name === 'P' || name === 'Q' ? name.toLowerCase() : name, written);
  return node?.kind === 'symbol' ? node.lights : null;
}

class Reader {
  private at = 0;
  private depth = 0;
  problem: Problem | null = null;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  private refuse(got = this.text.slice(this.at, this.at + 20)): null {
    this.problem ??= wrong(got);
    return null;
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  /** Everything up to the end, or to the closing brace. */
  list(closing: boolean): readonly MathNode[] {
    this.depth += 1;
    if (this.depth > DEPTH_LIMIT) this.refuse();
    const nodes: MathNode[] = [];
    for (;;) {
      this.space();
      const char = this.text[this.at];
      if (this.problem) break;
      if (char === undefined) {
        if (closing) this.refuse('');
        break;
      }
      if (char === '}') {
        if (closing) this.at += 1;
        else this.refuse();
        break;
      }
      const node = this.scripted();
      if (node) nodes.push(node);
    }
    this.depth -= 1;
    return nodes;
  }

  private scripted(): MathNode | null {
    const base = this.atom();
    if (!base) return null;
    let below: MathNode | null = null;
    let above: MathNode | null = null;
    for (;;) {
      this.space();
      const char = this.text[this.at];
      if (char !== '_' && char !== '^') break;
      if (char === '_' ? below : above) return this.refuse();
      this.at += 1;
      this.space();
      const script = this.atom();
      if (!script) return null;
      if (char === '_') below = script;
      else above = script;
    }
    return below || above ? { kind: 'scripts', base, below, above } : base;
  }

  private atom(): MathNode | null {
    const char = this.text[this.at];
    if (char === undefined) return this.refuse('');
    if (char === '{') {
      this.at += 1;
      return row(this.list(true));
    }
    if (char === '\\') return this.command();
    const digits = /^\d+(\.\d+)?/.exec(this.text.slice(this.at, this.at + 40));
    if (digits) {
      this.at += digits[0].length;
      return { kind: 'number', text: digits[0] };
    }
    if (/[A-Za-z]/.test(char)) {
      this.at += 1;
      return { kind: 'identifier', text: char };
    }
    if ('+-=<>()[]|,./!:;'.includes(char)) {
      this.at += 1;
      return { kind: 'operator', text: char === '-' ? '−' : char };
    }
    return this.refuse();
  }

  /** The text of a group, as it stands. */
  private raw(): string | null {
    this.space();
    if (this.text[this.at] !== '{') return this.refuse();
    const end = this.text.indexOf('}', this.at);
    if (end < 0) return this.refuse('');
    const inside = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return inside;
  }

  private group(): MathNode | null {
    this.space();
    if (this.text[this.at] !== '{') return this.refuse();
    this.at += 1;
    return row(this.list(true));
  }

  private command(): MathNode | null {
    const from = this.at;
    const found = /^\\([A-Za-z]+)/.exec(this.text.slice(from, from + 24));
    if (!found) return this.refuse();
    const [whole, name = ''] = found;
    this.at += whole.length;
    if (Object.hasOwn(LETTERS, name)) return { kind: 'identifier', text: LETTERS[name] ?? '' };
    if (Object.hasOwn(SIGNS, name)) return { kind: 'operator', text: SIGNS[name] ?? '' };
    const plain = Object.hasOwn(PLAIN_SYMBOLS, name) ? PLAIN_SYMBOLS[name] : undefined;
    if (plain)
      return { kind: 'symbol', lights: { symbol: plain.symbol }, of: { kind: 'identifier', text: plain.letter } };
    if (Object.hasOwn(INDEXED, name)) {
      const given: string[] = [];
      for (const _ of INDEXED[name]?.of ?? []) given.push(this.raw()?.trim() ?? '');
      return this.problem ? null : (indexed(name, given) ?? this.refuse(`${whole}{${given.join('}{')}}`));
    }
    return this.structure(name) ?? this.refuse(whole);
  }

  private structure(name: string): MathNode | null {
    if (name === 'text') {
      const text = this.raw();
      return text === null ? null : { kind: 'text', text };
    }
    if (name === 'value') return this.value();
    if (name === 'vec') {
      const text = this.raw();
      return text !== null && /^[A-Za-z]$/.test(text.trim())
        ? { kind: 'bold', text: text.trim() }
        : this.refuse('\\vec');
    }
    if (name === 'hat' || name === 'sqrt') {
      const of = this.group();
      return of && { kind: name === 'hat' ? 'hat' : 'root', of };
    }
    if (name !== 'frac') return null;
    const over = this.group();
    const under = over && this.group();
    return over && under && { kind: 'fraction', over, under };
  }

  private value(): MathNode | null {
    const formula = this.raw();
    if (formula === null) return null;
    const type = formulaType(formula);
    if (!type.ok) {
      this.problem ??= type.problem;
      return null;
    }
    if (type.value !== 'number') return this.refuse(`\\value{${formula}}`);
    let decimals = DEFAULT_DECIMALS;
    if (this.text[this.at] === '{') {
      const written = this.raw()?.trim() ?? '';
      if (!/^\d{1,2}$/.test(written) || Number(written) > DECIMALS_LIMIT) return this.refuse(written);
      decimals = Number(written);
    }
    return { kind: 'value', formula, decimals, lights: lightsOf(formula) };
  }
}

/** The tree of a formula in the notation above. Problem 'formula' with what was not understood. */
export function parseMath(text: string): Result<MathNode> {
  const reader = new Reader(text);
  const children = reader.list(false);
  return reader.problem ? fail(reader.problem) : ok({ kind: 'row', children });
}
