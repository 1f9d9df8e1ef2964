import type { DiffDocument } from '#lib/diff/environment-diff';
import { hasFailed } from '#lib/diff/gates';
import type { Problem } from '#lib/errors/landfall-error';
import { ERROR_CODES } from '#lib/errors/codes';
import type { DangerClass } from '#lib/spec/schema/review';

/** One thing that a build is told, at the place that causes it. */
export interface Finding {
  /** Stable: what it is an instance of. */
  readonly rule: string;
  /** Of the rule, in a sentence. */
  readonly title: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
  /** What it happens to. */
  readonly about: string;
  readonly place: FindingPlace;
}

/** Line and column count from 1. */
export interface FindingPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const RULES: Readonly<Record<DangerClass, readonly [title: string, level: Finding['level']]>> = {
  'data-loss': ['what is stored is deleted, or left behind', 'warning'],
  'rebuild-index': ['vectors or their index are made anew', 'warning'],
  'capacity-loss': ['accelerators are given back that may not be had again', 'warning'],
  downtime: ['nothing answers for some time', 'warning'],
  commitment: ['money is bound for a term', 'warning'],
  broadening: ['more may be reached, read or sent elsewhere', 'warning'],
  replace: ['a resource is made anew', 'note'],
  restart: ['servers start again', 'note'],
  'in-place': ['a setting changes while it runs', 'note'],
};

/** The dangers of a change, and the gates that it fails: a danger that a gate names is an error. */
export function diffFindings(
  { dangers, gates = [] }: Pick<DiffDocument, 'dangers' | 'gates'>,
  file: string,
): readonly Finding[] {
  const failed = gates.filter(hasFailed);
  const blocking = new Set(failed.map(({ gate }) => gate));
  const found = dangers.map((danger): Finding => {
    const [title, level] = RULES[danger.class];
    return {
      rule: danger.class,
      title,
      level: blocking.has(danger.class) ? 'error' : level,
      message: `${danger.address}: ${danger.before} → ${danger.after}`,
      about: danger.address,
      place: placeIn(danger.at) ?? { file, line: 1, column: 1 },
    };
  });
  const named = new Set<string>(dangers.map((danger) => danger.class));
  const others = failed
    .filter(({ gate }) => !named.has(gate))
    .map(({ gate, message, about }): Finding => ({
      rule: gate.startsWith('cost:') ? 'cost-increase' : gate,
      title: gate.startsWith('cost:') ? 'a month costs more than a change may add' : `gate ${gate}`,
      level: 'error',
      message: [`${gate}: ${message}`, ...about].join('\n'),
      about: gate,
      place: { file, line: 1, column: 1 },
    }));
  return [...found, ...others];
}

/** What is wrong with an input. */
export function problemFindings(problems: readonly Problem[], file: string): readonly Finding[] {
  return problems.map(({ at, code, expected, got, fix }) => ({
    rule: code,
    title: ERROR_CODES[code],
    level: 'error',
    message: `expected ${expected}${got === undefined ? '' : `, got ${got}`}; ${fix}`,
    about: expected,
    place: placeIn(at) ?? { file, line: 1, column: 1 },
  }));
}

/** `undefined` of what is no place in a file. A revision is no part of a file's name to whoever shows it. */
export function placeIn(at: string): FindingPlace | undefined {
  const [, file, line, column] = /^(?:git:[^#]*#)?(.*):(\d+):(\d+)$/s.exec(at) ?? [];
  if (file === undefined) return undefined;
  return { file, line: Number(line), column: Number(column) };
}
