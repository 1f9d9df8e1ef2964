import { readFileSync } from 'node:fs';
import { Halted } from '#bin/live/halted';
import { lockPath, takeLock } from '#bin/live/lock';
import type { PlanBundle } from '#lib/lifecycle/bundle';
import { Deployment, surroundingsAt } from './deployment';

/** Applies a bundle to one folder of artifacts in a process of its own, which a test may end at any instant. */
async function main([provisioner, folder, file, endpoint]: readonly string[]): Promise<void> {
  if (provisioner === undefined || folder === undefined || file === undefined || endpoint === undefined)
    return;
  const bundle = JSON.parse(readFileSync(file, 'utf8')) as PlanBundle;
  const surroundings = surroundingsAt(endpoint);
  const progress = (line: string) => process.stderr.write(`${line}\n`);
  const lock = takeLock(lockPath(file, bundle.environment), { now: new Date().toISOString(), progress });
  const on = new Deployment(provisioner === 'cdk' ? 'cdk' : 'terraform', folder, surroundings);
  try {
    const outcomes = await on.apply(bundle);
    process.stdout.write(JSON.stringify(outcomes));
    process.exitCode = outcomes.every(({ result }) => result === 'applied' || result === 'unchanged') ? 0 : 6;
  } finally {
    lock.release();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof Halted ? error.exitCode : 1;
});
