import { describe, expect, it } from 'vitest';
import { ATTENTION_DATA_REACHES } from '#lib/catalog/attention-data';
import type { BesideLayout, EngineSlot } from '#lib/engines/engine';
import { engines } from '#lib/engines/index';
import { LandfallError } from '#lib/errors/landfall-error';
import { slot } from '../_support/serving-plan';

const HOSTILE = '"; rm -rf / #${file("/etc/passwd")} %{ if true }';

const PLAIN: BesideLayout = { hasAdapters: false, hasTwoFleets: false };

describe.each(engines.ids)('engine %s', (id) => {
  const engine = engines.get(id);
  const launch = engine.launch(slot, {});

  it('says every argument', () =>
    expect(launch.args.filter((arg) => !arg || arg.includes('undefined'))).toEqual([]));
  it('runs as a user that is not root', () => expect(launch.user.uid).toBeGreaterThan(0));
  it('drains within a minute, or as long as its answers take', () => {
    expect(launch.drainSeconds).toBeLessThanOrEqual(60);
    expect(engine.launch({ ...slot, drainSeconds: 321 }, {}).drainSeconds).toBe(321);
  });
  it('pins its image', () => expect(launch.image.tag).toMatch(/\d+\.\d+/));
  it('keeps part of the memory for others', () => expect(engine.memoryShare({})).toBeLessThan(1));
  it('lays out no more beside adapters than without', () => {
    const plain = ATTENTION_DATA_REACHES.indexOf(engine.layouts(PLAIN).attentionData);
    const beside = ATTENTION_DATA_REACHES.indexOf(
      engine.layouts({ ...PLAIN, hasAdapters: true }).attentionData,
    );
    expect(beside).toBeLessThanOrEqual(plain);
  });

  it('says another launch for every layout that it offers', () => {
    const text = (changes: Partial<EngineSlot>) =>
      JSON.stringify(engine.launch({ ...slot, gpusPerPod: 8, tensorParallel: 8, ...changes }, {}));
    const { attentionData, spreadsExperts } = engine.layouts(PLAIN);
    const launches = [
      text({}),
      ...(spreadsExperts ? [text({ expertParallel: 8 })] : []),
      ...(attentionData === 'none' ? [] : [text({ expertParallel: 8, attentionData: 8 })]),
    ];
    expect(new Set(launches).size).toBe(launches.length);
  });

  it('refuses a knob that it does not have', () =>
    expect(() => engine.launch(slot, { no: 1 })).toThrow('no'));

  it('documents every knob with description, unit and example', () => {
    for (const knob of Object.values(engine.knobs.shape)) {
      expect(knob.meta()).toMatchObject({ description: expect.any(String), unit: expect.any(String) });
    }
  });

  it('hands a hostile served name on as data', () => {
    const { args, files } = engine.launch({ ...slot, servedName: HOSTILE }, {});
    const inFile = files.some(({ content }) => content.includes(JSON.stringify(HOSTILE)));
    expect(args.includes(HOSTILE) || inFile).toBe(true);
  });
});

it('refuses a served name that vLLM would read as a flag', () => {
  expect(() => engines.get('vllm').launch({ ...slot, servedName: '--trust-remote-code' }, {})).toThrow(
    LandfallError,
  );
});
