import { describe, expect, it } from 'vitest';
import { layoutOf } from '#lib/evaluation/layout';

describe('the name of a layout', () => {
  const whole = { tensor: 1, pipeline: 1, attentionData: 1, expertParallel: null };
  it.each([
    ['TP8', { ...whole, tensor: 8 }],
    ['tp4-pp2', { ...whole, tensor: 4, pipeline: 2 }],
    ['TP8/EP8', { ...whole, tensor: 8, expertParallel: 8 }],
    ['TEP8', { ...whole, tensor: 8, expertParallel: 8 }],
    ['DEP8', { ...whole, attentionData: 8, expertParallel: 8 }],
    ['DEP2PP4', { ...whole, attentionData: 2, pipeline: 4, expertParallel: 2 }],
  ])('%s', (name, layout) => expect(layoutOf(name)).toEqual(layout));

  it.each(['TP', 'TP0', 'TP8TP8', 'XP4', 'TP8,', ''])('%j is none', (name) =>
    expect(layoutOf(name)).toBeNull(),
  );
});
