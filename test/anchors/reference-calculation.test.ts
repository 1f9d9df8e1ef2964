import { describe, expect, it } from 'vitest';
import { breakEvenMillionTokens, usdPerMillionTokens } from './published-formulas';
import { H, colo, options, bill } from './reference-options';

describe('the reference calculation', () => {
  it.each([
    ['A on demand', 1_726_489.93, 54_620.14, 9.3528, 2.0784],
    ['B savings plan', 1_067_352.96, 33_767.34, 5.7821, 1.2849],
    ['C SageMaker', 1_811_435.41, 57_307.52, 9.8129, 2.1807],
    ['D neocloud', 1_129_609.26, 35_736.91, 6.1193, 1.3599],
    ['E leased', 690_834.25, 21_855.6, 3.7424, 0.8316],
    ['F colo', 1_048_563.63, 33_172.91, 5.6803, 1.2623],
    ['G self-built', 1_337_954.34, 42_328.23, 7.248, 1.6107],
  ])('prices %s to the cent', (name, presentValueUsd, monthlyUsd, usdPerGpuHour, usdPerMillion) => {
    const { totals } = bill(options[name] ?? []);
    expect(totals.presentValueUsd.toFixed(2)).toBe(presentValueUsd.toFixed(2));
    expect(totals.monthlyUsd.base.toFixed(2)).toBe(monthlyUsd.toFixed(2));
    const perGpuHour = totals.monthlyUsd.base / (8 * H);
    expect(perGpuHour).toBeCloseTo(usdPerGpuHour, 4);
    expect(usdPerMillionTokens(perGpuHour, 2_500, 0.5)).toBeCloseTo(usdPerMillion, 4);
  });

  it.each([
    [1, 1, 5.68],
    [8, 2.5, 3.655],
    [64, 8, 3.086],
  ])('makes %i owned servers with %f engineers cheaper per GPU-hour', (nodes, fte, usdPerGpuHour) => {
    const { totals } = bill(colo(nodes, fte, 60_000 * Math.sqrt(nodes)));
    expect(totals.monthlyUsd.base / (8 * nodes * H)).toBeCloseTo(usdPerGpuHour, 3);
  });

  it.each([
    ['Claude Sonnet 4.6', 3, 15, 5_529],
    ['DeepSeek R1', 1.35, 5.4, 14_041],
    ['Nova Pro', 0.8, 3.2, 23_695],
    ['Llama 3.3 70B', 0.72, 0.72, 46_073],
    ['gpt-oss-120b', 0.15, 0.6, null],
  ])('breaks even against %s where the table says', (_, input, output, millions) => {
    const fleet = bill(options['F colo'] ?? []).totals.monthlyUsd.base;
    const found = breakEvenMillionTokens(fleet, input * 0.75 + output * 0.25, 52_560);
    expect(found === null ? null : Math.round(found / 1) - (millions ?? 0)).toBe(
      millions === null ? null : 0,
    );
  });
});
