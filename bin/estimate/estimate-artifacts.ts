import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOfApp } from '#bin/estimate/artifact-files';
import { pickOption, type PickedOption, type PickRequest } from '#bin/input/pick-option';
import { runSynthesizer } from '#bin/synthesis/run-synthesizer';
import { readArtifacts } from '#lib/artifacts/read-artifacts';
import { createPriceBook } from '#lib/catalog/price-book';
import type { ArtifactBill } from '#lib/cost/artifacts/artifact-bill';
import type { Estimate } from '#lib/cost/estimate';
import { overridesOf } from '#lib/cost/finance-overrides';
import { estimateFromArtifacts } from '#lib/cost/artifacts/from-artifacts';
import { reconcile } from '#lib/cost/reconcile';
import { LandfallError } from '#lib/errors/landfall-error';
import { targets } from '#lib/targets/index';

/** Where a resource stands whose artifact does not say it. */
const USUAL_REGION = 'us-east-1';
const NO_USAGE: ReadonlyMap<string, number> = new Map();

/** A bill of artifacts, as a document and line by line. */
export interface ArtifactBook {
  readonly estimate: Estimate;
  readonly bill: ArtifactBill;
}

/** The second book of an option: synthesized anew, read back, billed, and held against the plan. */
export async function estimateOption(request: PickRequest): Promise<ArtifactBook> {
  const picked = pickOption(request);
  const target = targets.entries.find(({ id }) => id === picked.plan.target);
  if (target === undefined) throw new Error(`a plan for the unknown target ${picked.plan.target}`);
  const folder = mkdtempSync(join(tmpdir(), 'landfall-book-'));
  try {
    const { path: environmentPath, option, scenario, files = {} } = request;
    const output = join(folder, 'out');
    const finished = await runSynthesizer(
      target.provisioner,
      { environmentPath, option, scenario, files },
      output,
    );
    if (finished.code !== 0) {
      throw new LandfallError({
        code: 'NOT_SYNTHESIZABLE',
        at: `${environmentPath}: options.${option}`,
        got: 'an option that cannot be synthesized',
        expected: 'artifacts to read the second book from',
        fix: `see \`landfall synth ${environmentPath} --option ${option}\``,
      });
    }
    return bookOfArtifacts(output, picked, request);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The bill of what was synthesized of an option into a folder, held against its plan. */
export function bookOfArtifacts(
  folder: string,
  { plan, estimate }: Pick<PickedOption, 'plan' | 'estimate'>,
  { environment: { finance }, catalog, asOf }: Pick<PickRequest, 'environment' | 'catalog' | 'asOf'>,
): ArtifactBook {
  const { resources } = readArtifacts(filesOfApp(folder), folder);
  return estimateFromArtifacts(resources, {
    prices: createPriceBook({ catalog, overrides: overridesOf(finance) }),
    asOf,
    horizonMonths: finance.horizonMonths,
    discountRatePerYear: finance.discountRatePerYear,
    region: plan.network.region ?? USUAL_REGION,
    usage: NO_USAGE,
    areNodesElsewhere: true,
    nodeSizes: catalog.nodeSizes,
    catalog,
    head: estimate,
    reconciliation: (bill) => reconcile(plan.purchases, estimate, bill),
  });
}
