import type { Run } from '#bin/command';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';

/** What can be done with the sizing; each action's code loads when it runs. */
const ACTIONS: Readonly<Record<string, () => Promise<{ readonly run: Run }>>> = {
  evaluate: () => import('#bin/commands/sizing-evaluate'),
  calibrate: () => import('#bin/commands/sizing-calibrate'),
  import: () => import('#bin/commands/sizing-import'),
  trace: () => import('#bin/commands/sizing-trace'),
  plan: () => import('#bin/commands/sizing-plan'),
  train: () => import('#bin/commands/sizing-train'),
};

export const run: Run = async ([action = '', ...operands], flags, surroundings) => {
  const load = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (load === undefined) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: 'landfall sizing',
      got: `"${action}"`,
      expected: 'what to do with the sizing',
      fix: suggestion(action, Object.keys(ACTIONS)),
    });
  }
  const { run: act } = await load();
  return act(operands, flags, surroundings);
};
