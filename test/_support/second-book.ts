import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bookOfArtifacts } from '#bin/estimate/estimate-artifacts';
import { pickOption } from '#bin/input/pick-option';
import { plansFor } from '#bin/synthesis/plans-for';
import type { Estimate } from '#lib/cost/estimate';
import { openEnvironment } from '#lib/own-catalog/open-environment';
import { synthesizedInto } from './synthesized';

/** The document of `landfall estimate FILE --from artifacts`, synthesized in this process. */
export async function secondBook(path: string, scenario: string, option: string): Promise<Estimate> {
  const request = { ...openEnvironment(path), path, asOf: '2026-11-23', scenario, option };
  // Planned apart, as the process that synthesizes does.
  const [plan] = plansFor({ environmentPath: path, scenario, option });
  if (plan === undefined) throw new Error(`no plan of ${option}`);
  const folder = mkdtempSync(join(tmpdir(), 'landfall-book-'));
  try {
    await synthesizedInto(folder, plan);
    return bookOfArtifacts(folder, pickOption(request), request).estimate;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
