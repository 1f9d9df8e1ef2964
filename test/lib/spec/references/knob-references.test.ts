import { describe, expect, it } from 'vitest';
import { loadEnvironment } from '#lib/spec/load-environment';
import { memoryFiles, problemsIn, SMALL } from '../memory-files';
import { SMALL_CATALOG } from '../small-catalog';

const option = (written: string) => SMALL.replace('{ target: aws-eks }', `{ ${written} }`);
const load = (text: string) => loadEnvironment('e.yaml', SMALL_CATALOG, memoryFiles({ 'e.yaml': text }));

describe('a knob that says nothing without another', () => {
  it.each(['leased', 'colo', 'self-built'])('is refused at its place on %s', (target) => {
    const text = option(`target: ${target}, rdmaDevices: 8`);
    const line = text.split('\n').findIndex((each) => each.includes('rdmaDevices')) + 1;
    expect(problemsIn(() => load(text))).toMatchObject([
      {
        code: 'CONFLICT',
        at: expect.stringMatching(new RegExp(`^e\\.yaml:${line}:\\d+$`)),
        got: 'rdmaDevices: 8',
        expected: expect.stringContaining('`rdmaResource` beside it'),
        fix: 'add `rdmaResource`, or leave `rdmaDevices` out',
      },
    ]);
  });

  it('stands beside the other, which has a default for it', () => {
    const both = 'target: colo, rdmaResource: rdma/shared, rdmaDevices: 8';
    expect(load(option(both)).environment.options['eks']).toMatchObject({ rdmaDevices: 8 });
    expect(load(option('target: colo, rdmaResource: rdma/shared')).environment.options['eks']).toMatchObject({
      rdmaDevices: 1,
    });
  });
});
