import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import type { Estimate } from '#lib/cost/estimate';
import { inFolder, landfall } from '../../../_support/command-line';

const TEMPLATE = `
Resources:
  First: { Type: AWS::Lambda::Function, Properties: { MemorySize: 1024, Architectures: [arm64] } }
  Second: { Type: AWS::Lambda::Function, Properties: { MemorySize: 512 } }
  Table: { Type: AWS::DynamoDB::Table, Properties: { BillingMode: PAY_PER_REQUEST } }
`;
const USAGE = `
usage:
  "*.requests": 0.8
  "*.duration": 300000
  "*.storage": 40
`;

function bill(...flags: readonly string[]): Promise<Estimate> {
  return billOf(USAGE, flags);
}

function billOf(usage: string, flags: readonly string[]): Promise<Estimate> {
  return inFolder(async (folder) => {
    const [app, file] = [join(folder, 'app.yaml'), join(folder, 'usage.yaml')];
    writeFileSync(app, TEMPLATE);
    writeFileSync(file, usage);
    const { stdout, stderr } = await landfall('estimate', '--app', app, '--usage', file, '--json', ...flags);
    expect(stderr).toBe('');
    const estimate: Estimate = JSON.parse(stdout);
    return estimate;
  });
}

const monthly = ({ lines }: Estimate, key: string) =>
  lines.find((line) => line.key === `app/${key}`)?.monthlyUsd ?? null;

describe('the free tier of AWS', () => {
  it('is taken off line by line, each allowance once for the account', async () => {
    const net = await bill('--free-tier');
    // 400,000 GB-seconds: all 300,000 of the first function, 100,000 of the second.
    expect(monthly(net, 'First.duration')).toBeCloseTo(300_000 * 1.333_34e-5, 4);
    expect(monthly(net, 'First.duration.free-tier')).toBeCloseTo(-300_000 * 1.333_34e-5, 4);
    expect(monthly(net, 'Second.duration.free-tier')).toBeCloseTo(-100_000 * 1.666_67e-5, 4);
    // A million requests: 0.8 of the first, 0.2 of the second; 25 of 40 GB.
    expect(monthly(net, 'First.requests.free-tier')).toBeCloseTo(-0.8 * 0.2, 4);
    expect(monthly(net, 'Second.requests.free-tier')).toBeCloseTo(-0.2 * 0.2, 4);
    expect(monthly(net, 'Table.storage.free-tier')).toBeCloseTo(-25 * 0.25, 4);
    const lambda = 600_000 * 1.5e-5 + 1.6 * 0.2 - (4.000_02 + 1.666_67 + 0.2);
    expect(net.totals.monthlyUsd.base).toBeCloseTo(lambda + 15 * 0.25, 3);
  });

  it('leaves the gross lines and their keys as they are', async () => {
    const [gross, net] = [await bill(), await bill('--free-tier')];
    expect(net.lines.filter(({ key }) => !key.endsWith('.free-tier'))).toEqual(gross.lines);
    expect(gross.notes.join(' ')).not.toContain('free tier');
    expect(net.notes.join(' ')).toContain('takes 12.12 USD a month off 5 lines');
  });

  it('is asked for by the usage file too', async () => {
    const asked = await billOf(`freeTier: true\n${USAGE.trim()}`, []);
    expect(asked.lines).toEqual((await bill('--free-tier')).lines);
  });

  it('is refused for an environment', async () => {
    const { stderr, exitCode } = await landfall('estimate', 'environments/pilot.yaml', '--free-tier');
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/--free-tier +error +BAD_USAGE/);
  });

  it('is of things that have a price at its unit', () => {
    const catalog = loadCatalog();
    for (const { id, service, skus, unit, source } of catalog.freeTier()) {
      for (const sku of skus) {
        const listed = catalog
          .prices('aws', service)
          .some((price) => price.sku === sku && price.unit === unit);
        expect(listed, `${id}: ${service} ${sku} by ${unit}`).toBe(true);
      }
      expect([...catalog.sources().keys()]).toContain(source);
    }
  });
});
