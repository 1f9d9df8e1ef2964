import { refuseFlagsOfEnvironments } from '#bin/estimate/refused-flags';
import { textOf, type Run } from '#bin/command';

/** Two commands under one name: what an app costs needs nothing that plans an environment, and loads none of it. */
export const run: Run = async (operands, flags, surroundings) => {
  const app = textOf(flags, 'app');
  if (app !== undefined) {
    refuseFlagsOfEnvironments(app, operands[0], flags);
    return (await import('#bin/estimate/estimate-app')).appEstimate(app, flags, surroundings);
  }
  return (await import('#bin/estimate/estimate-environment')).environmentEstimate(
    operands,
    flags,
    surroundings,
  );
};
