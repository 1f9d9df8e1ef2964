import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { makeBom } from '#lib/facility/make-bom';
import { makeFacility } from '#lib/facility/make-facility';
import { physicalPlan } from '#lib/facility/physical-plan';
import { makePlan } from '#lib/plan/make-plan';
import { bomCsv } from '#lib/report/screens/bom-screen';
import { loadEnvironment } from '#lib/spec/load-environment';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });
const { environment } = loadEnvironment('environments/scale.yaml', catalog);

function bought(optionId: string, growthPerMonth: number) {
  const shipped = environment.scenarios['product'];
  const option = environment.options[optionId];
  if (shipped === undefined || option === undefined) throw new Error(`no option ${optionId}`);
  const scenario = { ...shipped, traffic: { ...shipped.traffic, growthPerMonth, sizeForMonth: 1 } };
  const { finance } = environment;
  const head = { environmentName: 'scale', scenarioId: 'product', optionId };
  const result = makePlan({ ...head, scenario, option, finance, catalog, prices });
  if (!result.feasible) throw new Error(result.reasons.join('; '));
  const request = { plan: result.plan, scenario, option, finance, catalog, prices };
  const facility = makeFacility(request);
  if (facility === null) throw new Error('no facility');
  return { ...request, facility, bom: makeBom({ ...request, facility }) };
}

const grown = bought('colo', 0.06);
const { facility, bom } = grown;
const last = facility.phases.at(-1);

describe('the purchase of a fleet that grows', () => {
  it('has in each phase what so many servers need around them, the launch first', () => {
    expect(facility.phases.length).toBeGreaterThan(2);
    expect(facility.phases[0]?.servers).toBe(facility.physical?.servers.servers);
    expect(facility.phases[0]?.parts).toEqual(facility.phases[0]?.addedParts);
    const whole = physicalPlan(grown, last?.servers ?? 0);
    expect(last?.parts?.racks).toBe(whole?.racks.racks);
    expect(last?.parts?.optics).toBe(whole?.fabric.transceivers);
    const { perSide = 0, sides = 0 } = whole?.power.feeds ?? {};
    expect(last?.parts?.circuits).toBe((last?.racks ?? 0) * perSide * sides);
    expect(last?.parts?.optics).toBeGreaterThan(facility.phases[0]?.parts?.optics ?? Infinity);
  });

  it('adds up to what stands at the end', () => {
    for (const part of ['racks', 'switches', 'optics', 'circuits', 'upsKw', 'itKw'] as const) {
      const sum = facility.phases.reduce((total, { addedParts }) => total + (addedParts?.[part] ?? 0), 0);
      expect(sum).toBeCloseTo(last?.parts?.[part] ?? NaN, 2);
    }
  });

  it('is in the parts list by phase: all parts of the launch, and what each later one adds', () => {
    expect(bom.phases.map(({ month, servers }) => [month, servers])).toEqual(
      facility.phases.map(({ month, servers }) => [month, servers]),
    );
    const [launch] = bom.phases;
    expect(launch?.lines.map(({ key, quantity }) => [key, quantity])).toEqual(
      bom.lines.filter(({ quantity }) => quantity > 0).map(({ key, quantity }) => [key, quantity]),
    );
    expect(launch?.totalUsd.base).toBeCloseTo(bom.totalUsd.base, 0);
    const sumOf = (key: string) =>
      bom.phases
        .flatMap(({ lines }) => lines)
        .reduce((sum, line) => sum + (line.key === key ? line.quantity : 0), 0);
    expect(sumOf('servers.gpu')).toBe(last?.servers);
    expect(sumOf('racks.rack')).toBe(last?.parts?.racks);
    expect(sumOf('power.circuits')).toBe(last?.parts?.circuits);
    const servers = bom.lines.find(({ key }) => key === 'servers.gpu');
    const added = (last?.servers ?? 0) - (servers?.quantity ?? 0);
    expect(bom.horizonUsd.base - bom.totalUsd.base).toBeGreaterThan(
      added * (servers?.unitPriceUsd?.base ?? Infinity),
    );
  });

  it('follows the parts of the launch in the CSV, with the month that they are for', () => {
    const [head = '', ...rows] = bomCsv(bom).trim().split('\r\n');
    expect(head.split(',').slice(0, 4)).toEqual(['key', 'label', 'group', 'quantity']);
    expect(head.endsWith('basis,month')).toBe(true);
    const later = rows.slice(bom.lines.length);
    expect(rows.slice(0, bom.lines.length).every((row) => row.endsWith(',1'))).toBe(true);
    expect(later).toHaveLength(bom.phases.slice(1).flatMap(({ lines }) => lines).length);
    expect(later.at(-1)?.endsWith(`,${last?.month}`)).toBe(true);
  });

  it('counts leased servers, and has no phases where nothing grows', () => {
    const leased = bought('leased', 0.06);
    const servers = leased.bom.phases.flatMap(({ lines }) =>
      lines.flatMap(({ label, quantity }) => (label === leased.bom.lines[0]?.label ? quantity : [])),
    );
    expect(servers.reduce((sum, one) => sum + one, 0)).toBe(leased.facility.phases.at(-1)?.servers);
    expect(leased.facility.phases.every(({ parts }) => parts === null)).toBe(true);
    const still = bought('colo', 0);
    expect(still.bom.phases).toEqual([]);
    expect(still.bom.horizonUsd).toEqual(still.bom.totalUsd);
  });
});
