import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { byNumber } from '#bin/estimate/stated-nodes';
import { readUsage } from '#bin/estimate/usage-file';
import { billLines, billOf } from '../../_support/artifact-bills';

const folder = mkdtempSync(join(tmpdir(), 'landfall-nodes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string) {
  const path = join(folder, 'usage.yaml');
  writeFileSync(path, text);
  return readUsage(path);
}

describe('nodes of a usage file', () => {
  it('are billed like those of any app', () => {
    const { nodes, usage } = read('nodes:\n  - { type: m6i.xlarge, count: 3 }\nusage:\n  a.b: 1\n');
    expect(usage).toEqual(new Map([['a.b', 1]]));
    // 3 × 730 × 0.192 USD.
    expect(billLines(billOf(byNumber(nodes).counted))).toEqual([
      'm6i.xlarge, on-demand | 2190 | instance-hour | 420.48 | priced',
    ]);
  });

  it('without a number are as many as pods ask for', () => {
    const { nodes } = read('nodes:\n  - { type: m6i.xlarge }\n');
    expect(byNumber(nodes)).toEqual({
      counted: [],
      types: [{ type: 'm6i.xlarge', count: null, term: 'on-demand' }],
    });
  });

  it.each([
    ['nodes: 3', /usage\.yaml:1:8: expected a list of nodes/],
    ['nodes: [p5.48xlarge]', /usage\.yaml:1:9: expected an instance type and how many of it/],
    ['nodes: [{ type: big, count: 1 }]', /usage\.yaml:1:17: expected an instance type/],
    ['nodes: [{ type: m6i.xlarge, count: 0 }]', /usage\.yaml:1:36: expected a whole number of nodes/],
    ['nodes: [{ type: m6i.xlarge, count: 1, term: free }]', /usage\.yaml:1:45: expected on-demand or spot/],
    ['nodes: [{ type: m6i.xlarge, count: 1, zone: a }]', /usage\.yaml:1:39: expected type, count and term/],
    ['other: 1', /usage\.yaml:1:1: expected `usage:`/],
  ])('%s is refused at its place', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
