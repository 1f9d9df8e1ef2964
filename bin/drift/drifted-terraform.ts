import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terraformErrors, type TerraformProgram } from '#bin/live/terraform-program';
import { discardPlanFiles, seenTerraformStacks } from '#bin/live/terraform-stacks';
import { merged, type DriftedStack, type DriftedThing } from '#lib/drift/drift';
import { refreshed } from '#lib/drift/terraform-drift';
import { undeployed } from '#lib/drift/undeployed';

/**
 * Stacks of a CDK for Terraform app beside what stands of them: what Terraform would do, and what changed since it last
 * did something. Neither writes its state.
 *
 * @throws Halted where Terraform fails
 */
export async function driftedTerraform(folder: string, program: TerraformProgram): Promise<DriftedStack[]> {
  try {
    const seen = await seenTerraformStacks(folder, program);
    const drifted: DriftedStack[] = [];
    for (const { stack, planned } of seen) {
      const isLive = planned.live.kind === 'state';
      const outside = isLive ? await changedOutside(stack.folder, program) : { things: [], note: null };
      const waits = planned.plannedAfter;
      drifted.push({
        stack: stack.name,
        provisioner: 'terraform',
        region: null,
        isLive,
        things: merged([...undeployed(planned.changes), ...outside.things]),
        unchecked: 0,
        notes: [
          ...(waits.length === 0 ? [] : [`cannot be asked before ${waits.join(', ')} stands`]),
          ...(outside.note === null ? [] : [outside.note]),
        ],
      });
    }
    return drifted;
  } finally {
    discardPlanFiles();
  }
}

interface Outside {
  readonly things: readonly DriftedThing[];
  readonly note: string | null;
}

/** By a plan that only refreshes; its file holds values, and goes at once. */
async function changedOutside(folder: string, program: TerraformProgram): Promise<Outside> {
  const temporary = mkdtempSync(join(tmpdir(), 'landfall-drift-'));
  const file = join(temporary, 'plan');
  try {
    const words = ['plan', '-refresh-only', '-detailed-exitcode', '-input=false', '-no-color'];
    const { code, stderr } = await program.run(folder, [...words, `-out=${file}`]);
    // 0: nothing has changed. 2: something has.
    if (code === 0) return { things: [], note: null };
    const shown = code === 2 ? await program.run(folder, ['show', '-json', '-no-color', file]) : null;
    if (shown?.code === 0) return { things: refreshed(JSON.parse(shown.stdout)), note: null };
    return {
      things: [],
      note: `what changed outside was not told: ${terraformErrors(shown?.stderr ?? stderr)}`,
    };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
