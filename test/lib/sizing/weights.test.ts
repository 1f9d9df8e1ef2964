import { describe, expect, it } from 'vitest';
import type { QuantisedPart } from '#lib/catalog/models';
import {
  checkpointBytes,
  parametersOf,
  repeatedWeightBytes,
  unknownQuantisationBytes,
} from '#lib/sizing/weights';
import { bytesToGib } from '#lib/units/bytes';
import { demandFor, sized } from './demand';

const modelOf = (id: string) => demandFor(id, 'h100-sxm').model;

function parametersFor(id: string) {
  const parameters = parametersOf(modelOf(id));
  if (parameters === null) throw new Error(`${id} has no published size`);
  return parameters;
}

describe('weights by the parts that a checkpoint quantises', () => {
  it('take more the less of them is quantised', () => {
    const [model, parameters] = [modelOf('deepseek-r1'), parametersFor('deepseek-r1')];
    const bytes = (['everything', 'feed-forward+output', 'feed-forward', 'experts'] as QuantisedPart[]).map(
      (fp4) => checkpointBytes({ ...model, checkpoints: { fp8: 'blocks', fp4 } }, parameters, 'fp4'),
    );
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
    expect(new Set(bytes).size).toBe(4);
    // Shared experts and three dense layers: 3.74 × 10^9; the matrix after attention 7.16 × 10^9.
    expect(((bytes[3] ?? 0) - (bytes[2] ?? 0)) / 1e9).toBeCloseTo(3.74 * (2 - 0.5625), 1);
    expect(((bytes[2] ?? 0) - (bytes[1] ?? 0)) / 1e9).toBeCloseTo(7.16 * (2 - 0.5625), 1);
  });

  it('are doubtful where nobody published what stays wide: DeepSeek-V3 in INT4 348.3 GiB, 327.2 at least', () => {
    const [model, parameters] = [modelOf('deepseek-v3'), parametersFor('deepseek-v3')];
    const most = checkpointBytes(model, parameters, 'int4');
    expect(bytesToGib(most)).toBeCloseTo(348.3, 1);
    expect(bytesToGib(most - unknownQuantisationBytes(model, parameters, 'int4'))).toBeCloseTo(327.2, 1);
    expect(unknownQuantisationBytes(model, parameters, 'fp4')).toBe(0);
    expect(unknownQuantisationBytes(modelOf('llama-3.1-70b'), parametersFor('llama-3.1-70b'), 'int4')).toBe(
      0,
    );
  });

  it('state the doubt in the derivation', () => {
    const { derivation } = sized(demandFor('mixtral-8x22b', 'h100-sxm', { precision: 'int4' }));
    const weights = derivation.find(({ id }) => id === 'weights');
    const least = weights?.inputs.find(({ name }) => name === 'at least')?.value;
    expect(least).toBeLessThan(weights?.value ?? 0);
  });

  it('are copied over a tensor group where they make latents, and over attention groups', () => {
    const [model, parameters] = [modelOf('deepseek-r1'), parametersFor('deepseek-r1')];
    const copies = (tensor: number, attentionData: number) =>
      repeatedWeightBytes(model, parameters, 'fp8', { tensor, attentionData });
    expect(copies(1, 1)).toBe(0);
    expect(copies(8, 1)).toBe(7 * 61 * 7168 * (1536 + 512 + 64));
    // Of eight groups of one GPU each, every one holds all but the experts.
    expect(copies(8, 8)).toBeCloseTo(7 * (parameters.other + parameters.embeddings * 2), -1);
    expect(
      repeatedWeightBytes(modelOf('llama-3.1-70b'), parametersFor('llama-3.1-70b'), 'fp8', {
        tensor: 8,
        attentionData: 1,
      }),
    ).toBe(0);
  });
});
