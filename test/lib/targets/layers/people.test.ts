import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { targets } from '#lib/targets/index';
import { lockIn } from '#lib/targets/layers/lock-in';
import { people, type Staffing } from '#lib/targets/layers/people';
import { LAYERS, type Layer, type Operates } from '#lib/targets/target';

const { assumptions } = loadCatalog();
const value = (id: string) => assumptions.get(id)?.base ?? Number.NaN;
const total = (ids: readonly string[] | undefined) => (ids ?? []).reduce((sum, id) => sum + value(id), 0);
const staff = (operates: Operates, changes: Partial<Staffing> = {}) =>
  people({ operates, gpus: 8, serversInstalled: 0, retrieves: false, onCall: false, ...changes });

describe('people by layer', () => {
  // Full-time people and USD of building effort, as the reference calculation has them for eight GPUs.
  it.each([
    ['aws-bedrock', 0.1, 5_000],
    ['aws-sagemaker', 0.25, 10_000],
    ['aws-eks', 0.5, 20_000],
    ['leased', 0.75, 30_000],
    ['colo', 1, 60_000],
    ['self-built', 1.5, 120_000],
  ] as const)('add up for %s to %f FTE and %i USD', (id, fte, usd) => {
    const [run, build] = staff(targets.get(id).operates);
    expect(total(run?.sumOf)).toBeCloseTo(fte, 9);
    expect(total(build?.sumOf)).toBeCloseTo(usd, 6);
  });

  it('never shrink when one more layer becomes yours', () => {
    fc.assert(
      fc.property(fc.subarray([...LAYERS]), fc.constantFrom(...LAYERS), (yours, more) => {
        const split = (mine: readonly Layer[]) =>
          Object.fromEntries(
            LAYERS.map((layer) => [layer, mine.includes(layer) ? 'you' : 'provider']),
          ) as Operates;
        const fte = (mine: readonly Layer[]) => total(staff(split(mine), { retrieves: true })[0]?.sumOf);
        expect(fte([...yours, more])).toBeGreaterThanOrEqual(fte(yours));
      }),
    );
  });

  it('count a vector store only where one stands, and a rota only where it is asked for', () => {
    const { operates } = targets.get('leased');
    const ids = (changes: Partial<Staffing>) => staff(operates, changes)[0]?.sumOf ?? [];
    expect(ids({})).not.toContain('people.run.fte.vector-store');
    expect(ids({ retrieves: true })).toContain('people.run.fte.vector-store');
    expect(ids({ onCall: true })).toContain('people.on-call.fte');
    expect(staff(targets.get('aws-bedrock').operates, { onCall: true })[0]?.sumOf).not.toContain(
      'people.on-call.fte',
    );
  });

  it('step up with the fleet', () => {
    const { operates } = targets.get('colo');
    const step = (gpus: number) => value(staff(operates, { gpus })[0]?.assumptions[0] ?? '');
    expect([8, 9, 64, 65].map(step)).toEqual([1, 2.5, 2.5, 8]);
  });
});

describe('lock-in', () => {
  it('binds to what the provider operates and to nothing that is yours', () => {
    expect(lockIn(targets.get('aws-bedrock').operates, false)[0]?.basis).toContain('model, model-server');
    expect(lockIn(targets.get('self-built').operates, true)).toEqual([]);
  });
});
