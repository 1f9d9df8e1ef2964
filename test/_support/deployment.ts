import type { Surroundings } from '#bin/command';
import { applyStacks, refuseOthers } from '#bin/live/apply-stacks';
import { Halted } from '#bin/live/halted';
import { dangersOf, plannedAssemblies, stacksOf, type LookProps } from '#bin/live/planned-assemblies';
import { terraformProgram } from '#bin/live/terraform-program';
import { discardPlanFiles } from '#bin/live/terraform-stacks';
import type { PlanBundle } from '#lib/lifecycle/bundle';
import type { StackOutcome } from '#lib/lifecycle/outcome';
import { smallBundle } from './small-bundle';

/** What a process knows of the world whose AWS is an emulator. */
export function surroundingsAt(endpoint: string): Surroundings & { readonly heard: readonly string[] } {
  const heard: string[] = [];
  const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
  return {
    today: '2026-11-30',
    now: () => '2026-11-30T10:00:00Z',
    color: false,
    width: 100,
    debug: true,
    // Emulators come and go: a connection that was kept may lead to one that is no more.
    download: { attempts: 3, backoffMs: 50 },
    awsCredentials: () =>
      Promise.resolve({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: null }),
    variables: { ...process.env, ...keys, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: endpoint },
    progress: (line) => heard.push(line),
    heard,
  };
}

/** One folder of artifacts, planned and applied as the commands do it, without synthesizing it first. */
export class Deployment {
  private readonly provisioner: 'cdk' | 'terraform';
  private readonly folder: string;
  private readonly surroundings: Surroundings;

  public constructor(provisioner: 'cdk' | 'terraform', folder: string, surroundings: Surroundings) {
    this.provisioner = provisioner;
    this.folder = folder;
    this.surroundings = surroundings;
  }

  public async plan(): Promise<PlanBundle> {
    const seen = await plannedAssemblies([this.assembly()], this.look());
    discardPlanFiles();
    return smallBundle({ stacks: stacksOf(seen), dangers: dangersOf(seen) });
  }

  /** @throws Halted where what would be done is not what the bundle says */
  public async apply(bundle: PlanBundle): Promise<StackOutcome[]> {
    const look = this.look();
    try {
      const seen = await plannedAssemblies([this.assembly()], look);
      refuseOthers(bundle, stacksOf(seen));
      return await applyStacks(seen, { ...look, bundle, clockMs: () => performance.now() });
    } finally {
      discardPlanFiles();
    }
  }

  private assembly() {
    const { provisioner, folder } = this;
    return { provisioner, folder, plans: [], files: [], finished: { code: 0, stderr: '' } };
  }

  private look() {
    const { surroundings } = this;
    const program = terraformProgram(undefined, surroundings.variables ?? {});
    const progress = surroundings.progress ?? (() => undefined);
    const patience = { longestMs: 20_000, everyMs: 100, progress };
    return { surroundings, isOffline: false, terraform: () => program, patience } satisfies LookProps;
  }
}

/** What halted it; fails where nothing does. */
export async function haltOf(act: () => Promise<unknown>): Promise<Halted> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Halted) return error;
    throw error;
  }
  throw new Error('nothing was halted');
}
