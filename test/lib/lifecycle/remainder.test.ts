import { describe, expect, it } from 'vitest';
import type { Change, LiveState, PlannedStack } from '#lib/lifecycle/change';
import { standingOf } from '#lib/lifecycle/remainder';

const change = (
  address: string,
  action: Change['action'],
  paths: Change['paths'] = [],
  more: Partial<Change> = {},
): Change => ({
  address,
  type: 'terraform_data',
  action,
  paths,
  keeps: null,
  ...more,
});

const at = (path: string, was: string | null = 'aaaa') => ({ path, was });

function planned(
  provisioner: 'cdk' | 'terraform',
  live: LiveState,
  changes: readonly Change[],
): PlannedStack {
  return { stack: 's', provisioner, region: null, artifactSha256: '', live, plannedAfter: [], changes };
}

const serial = (number: number, lineage = 'l'): LiveState => ({ kind: 'state', lineage, serial: number });
const template = (sha256: string): LiveState => ({ kind: 'template', sha256 });

const kindOf = (reviewed: PlannedStack, now: PlannedStack) => {
  const standing = standingOf(reviewed, now);
  return standing.kind === 'other'
    ? standing.deviations.map(({ address, how }) => `${address} ${how}`)
    : standing.kind;
};

describe('what of a reviewed change is left', () => {
  const two = [change('a', 'create'), change('b', 'update', [at('x'), at('y')])];

  it('is all of it where nothing has moved', () => {
    expect(kindOf(planned('cdk', template('1'), two), planned('cdk', template('1'), two))).toBe(
      'as-reviewed',
    );
  });

  it('is nothing once the end is reached, however that came', () => {
    expect(kindOf(planned('cdk', template('1'), two), planned('cdk', template('2'), []))).toBe('done');
    expect(kindOf(planned('terraform', serial(1), two), planned('terraform', serial(9, 'other'), []))).toBe(
      'done',
    );
  });

  it('is never a part where a template is deployed whole', () => {
    const half = planned('cdk', template('2'), [change('b', 'update', [at('x')])]);
    expect(kindOf(planned('cdk', template('1'), two), half)).toEqual(['s/a vanished']);
    expect(kindOf(planned('cdk', template('1'), two), planned('cdk', template('2'), two))).toEqual([
      's changed',
    ]);
  });

  it('is refused where the world moved, though the change reads the same', () => {
    const moved = [change('a', 'create'), change('b', 'update', [at('x'), at('y', 'bbbb')])];
    const now = planned('cdk', template('2'), moved);
    expect(standingOf(planned('cdk', template('1'), two), now)).toEqual({
      kind: 'other',
      deviations: [
        {
          address: 's/b',
          how: 'changed',
          what: 'the value of y is not the one that stood there at the review',
        },
      ],
    });
  });

  it('is what appeared, vanished or changed where it is something else', () => {
    const other = [change('b', 'replace', [at('x'), at('y')]), change('c', 'delete')];
    expect(kindOf(planned('cdk', template('1'), two), planned('cdk', template('2'), other))).toEqual([
      's/b changed',
      's/c appeared',
      's/a vanished',
    ]);
  });

  describe('of a Terraform stack that was applied half-way', () => {
    const reviewed = planned('terraform', serial(4), [...two, change('r', 'replace', [at('z')])]);
    const now = (changes: readonly Change[], live = serial(6)) =>
      kindOf(reviewed, planned('terraform', live, changes));

    it('is each subset, with fewer places too', () => {
      expect(now([change('a', 'create')])).toBe('remainder');
      expect(now([change('b', 'update', [at('y')])])).toBe('remainder');
    });

    it('is the rest of a replacement, and what a creation did not finish', () => {
      expect(now([change('r', 'create')])).toBe('remainder');
      expect(now([change('r (deposed 00)', 'delete')])).toBe('remainder');
      expect(now([change('a', 'replace', [], { isHalfMade: true })])).toBe('remainder');
    });

    it('is not another action, another place or another value before', () => {
      expect(now([change('a', 'delete')])).toEqual(['s/a changed', 's/b vanished', 's/r vanished']);
      expect(now([change('b', 'update', [at('w')])])).toContain('s/b changed');
      expect(now([change('b', 'update', [at('x', 'bbbb')])])).toContain('s/b changed');
      expect(now([change('b', 'replace', [at('x')], { isHalfMade: true })])).toContain('s/b changed');
    });

    it('is refused of another state, or of one that has not moved', () => {
      expect(now([change('a', 'create')], serial(6, 'other'))).not.toBe('remainder');
      expect(now([change('a', 'create')], serial(4))).toEqual(['s/b vanished', 's/r vanished']);
    });
  });
});
