import {
  seenTerraformStack,
  type SeenTerraformStack,
  type TerraformProgram,
} from '#bin/live/terraform-stacks';
import { terraformErrors } from '#bin/live/terraform-program';

/** Lines of Terraform that say what it does with which resource; what it made is told by an id, which is left out. */
const EVENT =
  /^(\S.*: (?:Creating|Creation complete|Modifying|Modifications complete|Destroying|Destruction complete|Still \w+)\b[^[]*)/;

/**
 * Applies the plan file that was compared with the reviewed change: Terraform refuses one whose state has moved since.
 *
 * @returns why it failed; `null` where the stack stands as it should
 */
export async function appliedTerraformStack(
  seen: SeenTerraformStack,
  program: TerraformProgram,
  progress: (line: string) => void,
): Promise<string | null> {
  const { stack, planFile } = seen;
  if (planFile === null) throw new Error(`${stack.name} has no plan file`);
  const args = ['apply', '-input=false', '-no-color', planFile];
  const { code, stderr } = await program.run(stack.folder, args, (line) => {
    const [, event] = EVENT.exec(line) ?? [];
    if (event !== undefined) progress(`${stack.name}  ${event.trim()}`);
  });
  if (code !== 0) return terraformErrors(stderr) || `${program.name} ended with ${code}`;
  const { planned } = await seenTerraformStack(stack, program, []);
  const [left] = planned.changes;
  return left === undefined
    ? null
    : `${planned.changes.length} changes are still to be done, ${left.address} the first`;
}
