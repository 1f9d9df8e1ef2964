import { App } from 'aws-cdk-lib';
import { App as TerraformApp } from 'cdktf';
import { readFileSync } from 'node:fs';
import type { Plan } from '#lib/plan/plan';
import { stackBuilder } from '#stacks/index';

/** What `cdk.json` says of every app: templates depend on it. */
const { context }: { readonly context: Record<string, unknown> } = JSON.parse(
  readFileSync('cdk.json', 'utf8'),
);

/**
 * Writes the artifacts of a plan into a folder, as bin/cdk.ts and bin/cdktf.ts do, in this process: many in turn load
 * the synthesizers once.
 */
export async function synthesizedInto(folder: string, plan: Plan): Promise<void> {
  const forAws = await stackBuilder(plan, 'cdk');
  if (forAws !== undefined) {
    const app = new App({ outdir: folder, context });
    forAws(app, plan);
    app.synth();
    return;
  }
  const app = new TerraformApp({ outdir: folder, skipValidation: false });
  (await stackBuilder(plan, 'terraform'))?.(app, plan);
  app.synth();
}
