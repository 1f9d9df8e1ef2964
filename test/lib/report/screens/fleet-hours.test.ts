import { describe, expect, it } from 'vitest';
import { fleetHours } from '#lib/report/screens/fleet-hours';
import { scalingPlan } from '../../../_support/scaling-plan';

const DAY = Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 2 : 4));
const scaling = scalingPlan({ replicasByHour: { workingDay: DAY, weekendDay: DAY } });
const commitment = {
  term: 'savings-plan-3y',
  termMonths: 36,
  nodes: 3,
  breakEvenShare: 0.55,
  unusedShare: 0.1,
};

describe('the hours of a fleet in an estimate', () => {
  it('are not spoken of where it stands and is bought alike', () => {
    expect(fleetHours({})).toEqual([]);
  });

  it('say what is paid, when, who waits and what is committed to', () => {
    const [section] = fleetHours({ scaling, commitment });
    expect(section).toMatchObject({ kind: 'lines', heading: 'Hours of the fleet' });
    const lines = section?.kind === 'lines' ? section.lines : [];
    expect(lines[0]).toBe(
      'autoscaled: 900 node-hours a month, 60 % of a fleet that stands; 50 % of them work',
    );
    expect(lines[1]).toContain(`${'▄▄'.repeat(12)}${'██'.repeat(12)}  2 to 4`);
    expect(lines.slice(-2)).toEqual([
      '1 % of the requests come while what they need starts: up to 8.3 min more',
      '3 nodes under savings-plan-3y, 10 % of their hours unused; pays from 55 % of the hours on',
    ]);
  });
});
