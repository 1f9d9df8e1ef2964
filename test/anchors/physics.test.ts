import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { MACRS_FIVE_YEARS } from '#lib/cash/write-off';
import { networksOf } from '#lib/facility/networks';
import { powerPlan } from '#lib/facility/power-plan';
import { expectedFailures } from '#lib/facility/spares';
import { selfBuilt } from '#lib/targets/self-built';
import { MTBF_GPU_HOURS, reliabilityOf } from '#lib/training/reliability';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });

/** What the utility delivers for a hall of one rack, its switches counted into the rack. */
function utilityKw(rackKw: number): Record<'low' | 'base' | 'high', number> {
  const { premises } = selfBuilt.site({ server: 'hgx-h100', powerRegion: 'us', facility: 'existing-room' });
  const fabric = catalog.servers.get('hgx-h100')?.fabric;
  if (premises === null || fabric === undefined || fabric === null) throw new Error('no premises');
  const networks = networksOf({ servers: 1, fabric, cpuHosts: 0, gpuRacks: 1 }, catalog);
  const plan = (itKw: number) =>
    powerPlan(
      {
        facility: {
          servers: 1,
          itKw,
          racks: 1,
          serversPerRack: 1,
          kwPerRack: itKw,
          cooling: 'liquid',
          limitedBy: 'power',
        },
        networks,
        hostsKw: 0,
        premises,
        circuits: catalog.circuits(),
      },
      prices,
    );
  return plan(rackKw - plan(0).networkKw).utilityKw;
}

describe('Uptime Institute, a rack of 125 kW', () => {
  it('takes 190.0 kW at the average PUE of 1.52, and 143.8 at 1.15', () => {
    const { base, low } = utilityKw(125);
    expect(base).toBeCloseTo(190, 1);
    expect(low).toBeCloseTo(143.8, 1);
  });
});

describe('The Llama 3 Herd of Models, 54 days on 16,384 H100', () => {
  const GPUS = 16_384;

  it('is interrupted 7.76 times a day', () => {
    const { mtbfHours } = reliabilityOf({
      gpus: GPUS,
      computeHours: 54 * 24,
      trainedParameters: 405e9,
      checkpointGbPerSecond: 2_000,
      mtbfGpuHours: MTBF_GPU_HOURS,
      restartMinutes: 10,
    });
    expect(24 / mtbfHours).toBeCloseTo(7.76, 2);
  });

  it('loses 220 GPUs and memories, 9.08 % of them a year, by the rate that spares are planned with', () => {
    const { base } = prices.assumption('gpu.failure-share-per-year');
    expect((220 / GPUS) * (365 / 54)).toBeCloseTo(0.0908, 4);
    expect(base).toBeCloseTo(0.0908, 3);
    expect(expectedFailures(GPUS, base, 54)).toBeCloseTo(220, -1);
  });
});

describe('IRS publication 946, five-year property', () => {
  it('is written off to the last cent', () => {
    expect(MACRS_FIVE_YEARS.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 12);
  });
});
