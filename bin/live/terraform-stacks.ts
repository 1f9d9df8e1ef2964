import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '#bin/command';
import { filesOfApp } from '#bin/estimate/artifact-files';
import { Halted } from '#bin/live/halted';
import { terraformErrors, type TerraformProgram, type TerraformRun } from '#bin/live/terraform-program';
import { own, ownText } from '#lib/artifacts/json';
import { isChanged, type LiveState } from '#lib/lifecycle/change';
import {
  declaredTerraform,
  plannedTerraform,
  type PlannedTerraform,
  type TerraformStack,
} from '#lib/lifecycle/terraform/planned-stack';
import { terraformStacks } from '#lib/lifecycle/terraform/app-stacks';

export type { TerraformProgram } from '#bin/live/terraform-program';

/** A stack, what Terraform would do with it, and the plan file that says so. */
export interface SeenTerraformStack extends PlannedTerraform {
  readonly stack: TerraformStack;
  /** Terraform's own plan, which an apply takes; `null` where it could not be asked, or nothing is to be done. */
  readonly planFile: string | null;
}

/** Where plan files lie while they are needed: they hold values, so nobody else reads them and none stays. */
const folders = new Set<string>();

/**
 * Every stack of a CDK for Terraform app, in the order of deployment.
 *
 * @param program - To ask; `null` to plan without asking
 * @throws Halted where Terraform fails
 */
export async function seenTerraformStacks(
  folder: string,
  program: TerraformProgram | null,
): Promise<SeenTerraformStack[]> {
  const seen: SeenTerraformStack[] = [];
  for (const stack of terraformStacks(filesOfApp(folder), folder)) {
    const pending = seen.filter(({ planned }) => isChanged(planned)).map(({ planned }) => planned.stack);
    seen.push(await seenTerraformStack(stack, program, pending));
  }
  return seen;
}

/**
 * Asks of one stack.
 *
 * @param pending - Stacks before it that are not as they should be: where its plan fails, it waits for them
 */
export async function seenTerraformStack(
  stack: TerraformStack,
  program: TerraformProgram | null,
  pending: readonly string[],
): Promise<SeenTerraformStack> {
  if (program === null)
    return { stack, planFile: null, ...declaredTerraform(stack, { kind: 'unknown' }, []) };
  await orHalt(stack, program, ['init', '-input=false', '-no-color']);
  const live = await stateOf(stack, program);
  const planFile = join(temporaryFolder(), 'plan');
  const asked = await program.run(stack.folder, ['plan', '-input=false', '-no-color', `-out=${planFile}`]);
  if (asked.code !== 0) {
    const waits = stack.dependencies.filter((name) => pending.includes(name));
    if (live.kind !== 'absent' || waits.length === 0) throw failed(stack, program, asked);
    return { stack, planFile: null, ...declaredTerraform(stack, live, waits) };
  }
  const { stdout } = await orHalt(stack, program, ['show', '-json', '-no-color', planFile]);
  return { stack, planFile, ...plannedTerraform(stack, live, JSON.parse(stdout)) };
}

/** Lineage and serial of its state, wherever that is kept. */
async function stateOf(stack: TerraformStack, program: TerraformProgram): Promise<LiveState> {
  const { stdout } = await orHalt(stack, program, ['state', 'pull']);
  if (stdout.trim() === '') return { kind: 'absent' };
  const state: unknown = JSON.parse(stdout);
  const [lineage, serial] = [ownText(state, 'lineage'), own(state, 'serial')];
  const resources = own(state, 'resources');
  // A state without resources is what is left when all are gone, or before the first.
  if (lineage === null || typeof serial !== 'number' || (Array.isArray(resources) && resources.length === 0))
    return { kind: 'absent' };
  return { kind: 'state', lineage, serial };
}

/** A file of its own for each plan, readable by nobody else. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-plan-'));
  folders.add(folder);
  return folder;
}

/** Removes every plan file that was written. */
export function discardPlanFiles(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
}

async function orHalt(
  stack: TerraformStack,
  program: TerraformProgram,
  args: readonly string[],
): Promise<TerraformRun> {
  const run = await program.run(stack.folder, args);
  if (run.code !== 0) throw failed(stack, program, run);
  return run;
}

function failed(
  { name, folder }: TerraformStack,
  program: TerraformProgram,
  { code, stderr }: TerraformRun,
): Halted {
  const said = terraformErrors(stderr);
  return new Halted(EXIT.preflight, {
    code: 'TOOL_FAILED',
    at: name,
    got: said === '' ? `${program.name} ended with ${code}` : said,
    expected: `${program.name} to plan it`,
    fix: `try it yourself: ${program.name} -chdir=${folder} plan`,
  });
}
