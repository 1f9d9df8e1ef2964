import { describe, expect, it } from 'vitest';
import { loadEnvironment } from '#lib/spec/load-environment';
import { memoryFiles, problemsIn, SMALL } from './memory-files';
import { SMALL_CATALOG } from './small-catalog';

const load = (written: string) =>
  loadEnvironment(
    'e.yaml',
    SMALL_CATALOG,
    memoryFiles({ 'e.yaml': SMALL.replace('{ target: aws-eks }', `{ ${written} }`) }),
  );

describe('mirrors of an option', () => {
  it.each([
    'target: leased, imageRegistry: "harbor.example:8443/proxy"',
    'target: colo, huggingFaceEndpoint: "https://hf-mirror.com"',
    'target: aws-sagemaker, huggingFaceEndpoint: "http://hub.internal:8080/hf"',
  ])('are taken: %s', (written) => {
    expect(load(written).environment.options['eks']).toBeDefined();
  });

  it.each([
    ['target: leased, imageRegistry: "https://harbor.example"', 'a registry without protocol'],
    ['target: leased, imageRegistry: "harbor.example/"', 'a registry without protocol'],
    ['target: leased, huggingFaceEndpoint: "https://user:key@hub.example"', 'no secrets'],
    ['target: leased, huggingFaceEndpoint: "https://hub.example/?a=b"', 'an address without user'],
  ])('are refused at their place: %s', (written, expected) => {
    expect(problemsIn(() => load(written))).toMatchObject([
      { at: expect.stringMatching(/^e\.yaml:\d+:\d+$/), expected: expect.stringContaining(expected) },
    ]);
  });

  it('are no knob where the provider pulls the images', () => {
    expect(problemsIn(() => load('target: aws-sagemaker, imageRegistry: m.example'))).toMatchObject([
      { code: 'UNKNOWN_KEY' },
    ]);
  });
});
