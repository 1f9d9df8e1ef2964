import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { localFiles } from '#bin/estimate/artifact-files';
import { readUsage } from '#bin/estimate/usage-file';
import { readArtifacts } from '#lib/artifacts/read-artifacts';
import { artifactBill, type ArtifactBill } from '#lib/cost/artifacts/artifact-bill';
import { catalogPrices, nodeSizes } from '../_support/artifact-bills';
import { expectGolden } from '../_support/golden';

/** One template for each kind of resource, with its use and the bill that a person can check beside it. */
const FOLDER = 'test/golden/resources';
const KINDS = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .flatMap((path) => /^(.*)\.template\.yaml$/.exec(path)?.[1] ?? [])
  .toSorted();

function billFor(artifact: string, kind: string): ArtifactBill {
  const { resources } = readArtifacts(localFiles, artifact, { region: 'us-east-1' });
  const usage = join(FOLDER, `${kind}.usage.yaml`);
  return artifactBill(resources, {
    prices: catalogPrices,
    asOf: '2026-11-23',
    horizonMonths: 36,
    discountRatePerYear: 0.09,
    region: 'us-east-1',
    usage: existsSync(usage) ? readUsage(usage).usage : new Map(),
    nodeSizes,
  });
}

/** What the bill says, and where each number comes from. */
function written({ lines }: ArtifactBill): string {
  const total = lines.reduce((sum, { item }) => sum + (item.monthlyUsd ?? 0), 0);
  const amount = (usd: number | null) => (usd === null ? '–' : usd.toFixed(4));
  return [
    ...lines.flatMap(({ item: line }) => [
      `${line.key} · ${line.label}`,
      `  ${line.state}: ${line.quantity} ${line.unit} × ${line.unitPriceUsd ?? '–'} = ${amount(line.monthlyUsd)} USD/month`,
      `  ${line.basis}`,
      ...(line.source === null ? [] : [`  ${line.source.publisher}, ${line.source.asOf}`]),
    ]),
    `total ${amount(total)} USD/month`,
    '',
  ].join('\n');
}

/** What does not depend on how a format calls its resources. */
function amounts({ lines }: ArtifactBill): string[] {
  return lines
    .filter(({ item }) => item.state !== 'free')
    .map(({ item: { label, quantity, unit, unitPriceUsd, state } }) =>
      [label, quantity, unit, unitPriceUsd, state].join(' | '),
    )
    .toSorted();
}

describe('the bill of each kind of resource', () => {
  it.each(KINDS)('%s', (kind) => {
    expectGolden(
      join('resources', `${kind}.bill.txt`),
      written(billFor(join(FOLDER, `${kind}.template.yaml`), kind)),
    );
  });

  it.each(KINDS.filter((kind) => existsSync(join(FOLDER, `${kind}.terraform`))))(
    '%s costs the same in Terraform',
    (kind) => {
      const template = billFor(join(FOLDER, `${kind}.template.yaml`), kind);
      expect(amounts(billFor(join(FOLDER, `${kind}.terraform`), kind))).toEqual(amounts(template));
    },
  );

  it('there is one for every file of services', () => {
    expect(KINDS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(KINDS.map((kind) => kind.split('/')[0])).size).toBeGreaterThanOrEqual(18);
  });
});
