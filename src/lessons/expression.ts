import { fail, ok, type Problem, type Result } from '../core/problem.ts';

/*
 * The language of conditions and computed numbers. Every name is in `quantities.ts`.
 *
 *     condition   = conjunction { "or" conjunction }
 *     conjunction = negation { "and" negation }
 *     negation    = [ "not" ] comparison
 *     comparison  = sum [ ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) sum ]
 *     sum         = product { ( "+" | "-" ) product }
 *     product     = sign { ( "*" | "/" ) sign }
 *     sign        = [ "-" ] value
 *     value       = number | 'text' | name [ "(" condition { "," condition } ")" ] | "(" condition ")"
 */

export type ValueType = 'number' | 'truth' | 'text';

export type Operator = 'and' | 'or' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/';

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'operator'; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not' | 'minus'; readonly of: Expression };

/** Longer ones are refused. */
const FORMULA_LIMIT = 500;
/** Brackets within brackets. */
const DEPTH_LIMIT = 32;

const TOKEN = /\s*(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|'([^']*)'|([A-Za-z_]\w*)|(!=|<=|>=|[=<>+\-*/(),]))/y;

interface Token {
  readonly kind: 'number' | 'text' | 'word' | 'sign';
  readonly text: string;
  readonly at: number;
}

function tokenize(text: string): Result<readonly Token[]> {
  const tokens: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) return fail(notUnderstood(text.slice(at).trim()));
    const [, number, quoted, word, sign] = found;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted, at });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    else tokens.push({ kind: 'sign', text: sign ?? '', at });
    at = TOKEN.lastIndex;
  }
  return ok(tokens);
}

function notUnderstood(got: string): Problem {
  return { code: 'formula', got: got === '' ? 'it ends too early' : got };
}

class Reader {
  private at = 0;
  private depth = 0;
  problem: Problem | null = null;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  refuse(): Expression {
    this.problem ??= notUnderstood(this.tokens[this.at]?.text ?? '');
    return { kind: 'number', value: 0 };
  }

  private takes(kind: Token['kind'], ...texts: readonly string[]): string | null {
    const token = this.tokens[this.at];
    if (token === undefined || token.kind !== kind || !texts.includes(token.text)) return null;
    this.at += 1;
    return token.text;
  }

  private chain<O extends Operator>(next: () => Expression, operators: readonly O[], kind: Token['kind']): Expression {
    let left = next();
    for (;;) {
      const taken = this.takes(kind, ...operators);
      const operator = operators.find((one) => one === taken);
      if (operator === undefined) return left;
      left = { kind: 'operator', operator, left, right: next() };
    }
  }

  condition(): Expression {
    this.depth += 1;
    if (this.depth > DEPTH_LIMIT) return this.refuse();
    const read = this.chain(() => this.chain(() => this.negation(), ['and'], 'word'), ['or'], 'word');
    this.depth -= 1;
    return read;
  }

  private negation(): Expression {
    return this.takes('word', 'not') === null ? this.comparison() : { kind: 'not', of: this.comparison() };
  }

  private comparison(): Expression {
    const left = this.sum();
    const operators = ['=', '!=', '<', '<=', '>', '>='] as const;
    const taken = this.takes('sign', ...operators);
    const operator = operators.find((one) => one === taken);
    return operator === undefined ? left : { kind: 'operator', operator, left, right: this.sum() };
  }

  private sum(): Expression {
    return this.chain(() => this.chain(() => this.sign(), ['*', '/'], 'sign'), ['+', '-'], 'sign');
  }

  private sign(): Expression {
    return this.takes('sign', '-') === null ? this.value() : { kind: 'minus', of: this.value() };
  }

  private value(): Expression {
    const token = this.tokens[this.at];
    if (token === undefined || this.problem) return this.refuse();
    if (this.takes('sign', '(') !== null) {
      const inside = this.condition();
      return this.takes('sign', ')') === null ? this.refuse() : inside;
    }
    if (token.kind === 'sign' || (token.kind === 'word' && ['and', 'or', 'not'].includes(token.text)))
      return this.refuse();
    this.at += 1;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'text') return { kind: 'text', value: token.text };
    const list: Expression[] = [];
    if (this.takes('sign', '(') !== null) {
      do {
        list.push(this.condition());
      } while (!this.problem && this.takes('sign', ',') !== null);
      if (this.takes('sign', ')') === null) return this.refuse();
    }
    return { kind: 'call', name: token.text, arguments: list };
  }
}

/** The tree of a formula. Problem 'formula' with what was not understood. Names and types are checked by `check.ts`. */
export function parseExpression(text: string): Result<Expression> {
  if (text.length > FORMULA_LIMIT) {
    return fail({ code: 'name-too-long', got: String(text.length), expected: String(FORMULA_LIMIT) });
  }
  const tokens = tokenize(text);
  if (!tokens.ok) return tokens;
  const reader = new Reader(tokens.value);
  const expression = reader.condition();
  if (!reader.done) reader.refuse();
  return reader.problem ? fail(reader.problem) : ok(expression);
}
