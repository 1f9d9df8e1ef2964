import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localFiles } from '#bin/artifact-files';
import { pickOption, type PickRequest } from '#bin/pick-option';
import { runSynthesizer } from '#bin/run-synthesizer';
import { readArtifacts } from '#lib/artifacts/read-artifacts';
import { createPriceBook } from '#lib/catalog/price-book';
import type { Catalog } from '#lib/catalog/catalog';
import type { ArtifactBill } from '#lib/cost/artifact-bill';
import type { Estimate } from '#lib/cost/estimate';
import { overridesOf } from '#lib/cost/finance-overrides';
import { estimateFromArtifacts } from '#lib/cost/from-artifacts';
import { reconcile } from '#lib/cost/reconcile';
import { LandfallError } from '#lib/errors/landfall-error';
import { targets } from '#lib/targets/index';

/** Where a resource stands whose artifact does not say it. */
const USUAL_REGION = 'us-east-1';
const NO_USAGE: ReadonlyMap<string, number> = new Map();
/** What an app that is not ours is billed over. */
const APP_FINANCE = { horizonMonths: 36, discountRatePerYear: 0.09 } as const;

/** The second book of an option: synthesized anew, read back, billed, and held against the plan. */
export async function estimateOption(request: PickRequest): Promise<Estimate> {
  const { plan, estimate } = pickOption(request);
  const target = targets.entries.find(({ id }) => id === plan.target);
  if (target === undefined) throw new Error(`a plan for the unknown target ${plan.target}`);
  const folder = mkdtempSync(join(tmpdir(), 'landfall-book-'));
  try {
    const { path: environmentPath, option, scenario, prices } = request;
    const output = join(folder, 'out');
    const finished = await runSynthesizer(
      target.provisioner,
      { environmentPath, option, scenario, prices },
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
    const { finance } = request.environment;
    const { resources } = readArtifacts(localFiles, output);
    const book = estimateFromArtifacts(resources, {
      prices: createPriceBook({ catalog: request.catalog, overrides: overridesOf(finance) }),
      asOf: request.asOf,
      horizonMonths: finance.horizonMonths,
      discountRatePerYear: finance.discountRatePerYear,
      region: plan.network.region ?? USUAL_REGION,
      usage: NO_USAGE,
      head: estimate,
      reconciliation: (bill) => reconcile(plan.purchases, estimate, bill),
    });
    return book.estimate;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface AppRequest {
  /** cdk.out, cdktf.out, a template, a folder of Terraform JSON or a plan. */
  readonly app: string;
  readonly catalog: Catalog;
  readonly asOf: string;
  readonly region?: string | undefined;
  readonly given: ReadonlyMap<string, string>;
  readonly usage?: ReadonlyMap<string, number>;
}

/** The bill of anybody's infrastructure code. */
export function estimateApp({
  app,
  catalog,
  asOf,
  region = USUAL_REGION,
  given,
  usage = NO_USAGE,
}: AppRequest): { readonly estimate: Estimate; readonly bill: ArtifactBill } {
  const { form, resources } = readArtifacts(localFiles, app, { given, region });
  return estimateFromArtifacts(resources, {
    prices: createPriceBook({ catalog }),
    asOf,
    ...APP_FINANCE,
    region,
    usage,
    head: { environment: app, scenario: 'app', option: form, target: form },
  });
}
