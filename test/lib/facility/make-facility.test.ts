import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import type { Facility } from '#lib/facility/facility';
import { makeBom } from '#lib/facility/make-bom';
import { makeFacility } from '#lib/facility/make-facility';
import { sparesFor } from '#lib/facility/spares';
import { makePlan } from '#lib/plan/make-plan';
import { loadEnvironment } from '#lib/spec/load-environment';
import type { Option } from '#lib/spec/schema/option';

const catalog = loadCatalog();
const { environment } = loadEnvironment('environments/scale.yaml', catalog);

/** The facility of a scenario with this peak, on one of the shipped options with knobs changed. */
function facilityFor(optionId: string, peak: number, knobs: object = {}) {
  const scenario = environment.scenarios['product'];
  const shipped = environment.options[optionId];
  if (scenario === undefined || shipped === undefined) throw new Error(`no option ${optionId}`);
  const option: Option = { ...shipped, ...knobs };
  const { finance } = environment;
  const prices = createPriceBook({ catalog });
  const rate = { mean: Math.min(peak, scenario.traffic.requestsPerSecond.mean), peak };
  const busy = { ...scenario, traffic: { ...scenario.traffic, requestsPerSecond: rate } };
  const head = { environmentName: 'scale', scenarioId: 'product', optionId };
  const result = makePlan({ ...head, scenario: busy, option, finance, catalog, prices });
  if (!result.feasible) throw new Error(result.reasons.join('; '));
  const request = { plan: result.plan, scenario: busy, option, finance, catalog, prices };
  return { ...request, facility: makeFacility(request) };
}

function physicalOf(facility: Facility | null) {
  if (facility?.physical === undefined || facility.physical === null) throw new Error('nothing physical');
  return facility.physical;
}

function bomFor(optionId: string, peak: number, knobs: object = {}) {
  const made = facilityFor(optionId, peak, knobs);
  if (made.facility === null) throw new Error('no facility');
  return makeBom({ ...made, facility: made.facility });
}

describe('a facility', () => {
  it('holds the servers of the plan, and grows in every part with the load', () => {
    let last = { gpus: 0, racks: 0, switches: 0, itKw: 0, floor: 0 };
    for (const peak of [20, 100, 300, 600, 1_500, 4_000]) {
      const { facility, plan } = facilityFor('colo', peak, { server: 'hgx-h100' });
      const { servers, racks, fabric, power } = physicalOf(facility);
      expect(servers.servers).toBe(plan.facility?.servers);
      const now = {
        gpus: servers.gpus,
        racks: racks.racks,
        switches: fabric.switches.reduce((sum, one) => sum + one.switches, 0),
        itKw: power.itKw,
        floor: racks.floorM2.base,
      };
      for (const key of ['gpus', 'racks', 'switches', 'itKw', 'floor'] as const) {
        expect(now[key]).toBeGreaterThanOrEqual(last[key]);
      }
      last = now;
    }
    expect(last.gpus).toBeGreaterThan(1_000);
  });

  it('is absent in a cloud, and has nothing physical where the machines are leased', () => {
    expect(facilityFor('eks', 100).facility).toBeNull();
    const { facility } = facilityFor('leased', 100);
    expect(facility?.physical).toBeNull();
    expect(facility?.provider.join('; ')).toContain('the provider operates facility, hardware');
    expect(facility?.leadTime.steps.map(({ id }) => id)).toEqual(['servers', 'cluster']);
  });

  it('puts four H100 servers into a rack of 41 kW behind a rear door, as the SuperPOD does: 32 racks of 127', () => {
    const { racks, power } = physicalOf(
      facilityFor('self-built', 600, { server: 'hgx-h100', rackKw: 41 }).facility,
    );
    expect(racks).toMatchObject({ serversPerRack: 4, kwPerRack: 40.8, cooling: 'rear-door' });
    expect(Math.ceil(127 / racks.serversPerRack)).toBe(32);
    expect(power.feeds?.circuit).toContain('415 V 100 A');
  });

  it('puts two B200 servers into an air-cooled rack, above the 25 kW that the SuperPOD states', () => {
    const { racks } = physicalOf(facilityFor('self-built', 600, { server: 'hgx-b200' }).facility);
    expect(racks).toMatchObject({ serversPerRack: 2, kwPerRack: 28.6, cooling: 'air' });
  });

  it('puts four B300 servers into 58 kW, where the SuperPOD has about 56', () => {
    const knobs = { server: 'hgx-b300', rackKw: 58 };
    const { racks, fabric } = physicalOf(facilityFor('self-built', 600, knobs).facility);
    expect(racks).toMatchObject({ serversPerRack: 4, kwPerRack: 58, cooling: 'liquid' });
    expect(fabric).toMatchObject({ planes: 2, radix: 128 });
  });

  it('cools a rack-scale system with liquid: 125 kW at 85 % and 10 K are 152 l/min', () => {
    const { racks, power, servers } = physicalOf(
      facilityFor('self-built', 600, { server: 'gb200-nvl72' }).facility,
    );
    expect(racks).toMatchObject({ serversPerRack: 1, cooling: 'liquid', kgPerRack: 1400 });
    const perRack = (power.coolantLitresPerMinute?.base ?? 0) / servers.servers;
    expect(perRack).toBeCloseTo((125 * 0.85 * 60) / (4.186 * 10), 0);
  });

  it('keeps a compute tray of a rack-scale system on the shelf, not a rack', () => {
    const { lines } = bomFor('self-built', 600, { server: 'gb200-nvl72' });
    const [racks, spare] = ['servers.gpu', 'spares.compute-trays'].map((key) =>
      lines.find((line) => line.key === key),
    );
    // 72 GPUs a rack × 0.091 failures a year × 30 days of 365; 18 trays in a rack.
    const expected = (racks?.quantity ?? 0) * 72 * 0.091 * (30 / 365);
    expect(spare?.quantity).toBe(sparesFor(expected, 0.95));
    expect(spare?.basis).toContain(`failures of ${18 * (racks?.quantity ?? 0)} while one is on order`);
    expect(spare?.unitPriceUsd?.base).toBeCloseTo((racks?.unitPriceUsd?.base ?? Number.NaN) / 18, 3);
    expect(lines.filter(({ key }) => key === 'spares.servers')).toEqual([]);
  });

  it('does not fit where no server runs on the power of a rack', () => {
    expect(() => facilityFor('colo', 100, { rackKw: 5 })).toThrow('runs on the 5 kW of a rack');
  });

  it('doubles the paths of uninterruptible power where the environment asks for it', () => {
    const single = physicalOf(facilityFor('self-built', 600).facility).power.ups;
    const double = physicalOf(facilityFor('self-built', 600, { redundancy: '2n' }).facility).power.ups;
    expect(double.modules).toBe(2 * single.needed);
  });

  it('phases the purchase so that the month of the sizing has the servers of the plan', () => {
    const { facility, plan, scenario } = facilityFor('colo', 600);
    const phases = facility?.phases ?? [];
    const then = phases.filter(({ month }) => month <= scenario.traffic.sizeForMonth).at(-1);
    expect(then?.servers).toBe(plan.facility?.servers);
    for (const [index, { servers, added }] of phases.entries()) {
      expect(servers).toBe((phases[index - 1]?.servers ?? 0) + added);
    }
  });

  it('waits for the room before racks and for the servers before tests; only a chain is critical', () => {
    const { facility } = facilityFor('self-built', 600, { facility: 'existing-room' });
    const steps = facility?.leadTime.steps ?? [];
    const critical = steps.filter((one) => one.critical);
    const length = critical.reduce((sum, one) => sum + one.days.base, 0);
    expect(length).toBeCloseTo(facility?.leadTime.days.base ?? 0, 6);
    expect(critical.map(({ id }) => id)).toEqual(['servers', 'installation', 'acceptance', 'cluster']);
  });
});

describe('a bill of materials', () => {
  it('adds up to its total, and never counts a part without a price as 0', () => {
    const bom = bomFor('self-built', 600);
    const sum = bom.lines.reduce((usd, line) => usd + (line.usd?.base ?? 0), 0);
    expect(sum).toBeCloseTo(bom.totalUsd.base, 2);
    const bare = bom.lines.filter(({ state }) => !['priced', 'assumed'].includes(state));
    expect(bare.filter(({ usd, unitPriceUsd }) => usd !== null || unitPriceUsd !== null)).toEqual([]);
    expect(bom.unpriced).toEqual(bom.lines.filter((one) => one.state === 'unpriced').map(({ key }) => key));
    expect(bom.atLeast).toBe(true);
  });

  it('leaves power to the construction of an own building, and to the provider of a rented one', () => {
    const upsOf = (option: string) => bomFor(option, 600).lines.find(({ key }) => key === 'power.ups');
    expect(upsOf('self-built')).toMatchObject({ state: 'billed' });
    expect(upsOf('self-built')?.basis).toContain('facility.construction');
    expect(upsOf('colo')).toMatchObject({ state: 'provider' });
  });

  it('buys no power where the room has it', () => {
    const ups = bomFor('self-built', 600, { facility: 'fitted-room' }).lines.find(
      ({ key }) => key === 'power.ups',
    );
    expect(ups).toMatchObject({ state: 'there', usd: null });
  });

  it('counts a network of 30 H100 servers within a tenth of the 15 % that the bill takes for it', () => {
    const { plan } = facilityFor('colo', 540, { server: 'hgx-h100' });
    expect(Math.abs((plan.facility?.servers ?? 0) - 30)).toBeLessThanOrEqual(1);
    const network = bomFor('colo', 540, { server: 'hgx-h100' }).beside.find(({ what }) => what === 'network');
    expect(network?.atLeast).toBe(true);
    expect((network?.countedUsd.base ?? 0) / (network?.billedUsd.base ?? 1)).toBeCloseTo(1, 1);
  });

  it('of leased machines names them as the provider’s and costs nothing', () => {
    const bom = bomFor('leased', 100);
    expect(new Set(bom.lines.map(({ state }) => state))).toEqual(new Set(['provider']));
    expect(bom).toMatchObject({ totalUsd: { base: 0 }, atLeast: false, beside: [] });
  });
});
