import { describe, expect, it } from 'vitest';
import { hourBars } from '#lib/report/screens/hour-bars';

const day = (at: (hour: number) => number) => Array.from({ length: 24 }, (_, hour) => at(hour));

describe('bars of the hours', () => {
  it('stand two characters wide over their clock, on one scale', () => {
    const lines = hourBars([
      { title: 'working day', values: day((hour) => (hour >= 9 && hour < 17 ? 8 : 1)) },
      { title: 'weekend', values: day(() => 4) },
    ]);
    expect(lines).toEqual([
      `working day  ${'▁▁'.repeat(9)}${'██'.repeat(8)}${'▁▁'.repeat(7)}  1 to 8`,
      `weekend      ${'▄▄'.repeat(24)}  4`,
      `             0 h         6 h         12 h        18 h`,
    ]);
  });

  it('leave an hour of nothing empty', () => {
    const [line] = hourBars([{ title: 'day', values: day((hour) => (hour === 0 ? 0 : 2)) }]);
    expect(line?.startsWith('day    ██')).toBe(true);
  });

  it('fit a terminal of a hundred columns', () => {
    const lines = hourBars([{ title: 'working day', values: day((hour) => hour * 1000) }]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(100);
  });
});
