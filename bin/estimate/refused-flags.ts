import type { Flags } from '#bin/command';
import { LandfallError } from '#lib/errors/landfall-error';

interface RefusedFlag {
  readonly name: string;
  /** By which the flags of the command line are keyed. */
  readonly key: string;
  readonly fix: string;
}

/** What only says something of an app, and where an environment says it. */
const FLAGS_OF_APPS: readonly RefusedFlag[] = [
  {
    name: 'free-tier',
    key: 'freeTier',
    fix: 'an environment is budgeted without what an account may have left for nothing: leave it out',
  },
  { name: 'region', key: 'region', fix: 'an option states its own: options.<option>.region' },
  { name: 'usage', key: 'usage', fix: 'a scenario states its own: scenarios.<scenario>.traffic' },
  { name: 'init-usage', key: 'initUsage', fix: 'a scenario states its own: scenarios.<scenario>.traffic' },
  { name: 'preset', key: 'preset', fix: 'write an environment to start from with `landfall init`' },
  { name: 'parameter', key: 'parameter', fix: 'change the value in the environment' },
];

const NAME_THE_FILE = 'name an environment in the place of --app, or leave it out';

/** What only says something of an environment. */
const FLAGS_OF_ENVIRONMENTS: readonly RefusedFlag[] = [
  { name: 'option', key: 'option', fix: `an app has no options: ${NAME_THE_FILE}` },
  { name: 'scenario', key: 'scenario', fix: `an app has no scenarios: ${NAME_THE_FILE}` },
  { name: 'from', key: 'from', fix: `an app has one book, that of its artifacts: ${NAME_THE_FILE}` },
  { name: 'constants', key: 'constants', fix: `nothing of an app is sized: ${NAME_THE_FILE}` },
  { name: 'model-config', key: 'modelConfig', fix: `nothing of an app is sized: ${NAME_THE_FILE}` },
];

/** @throws LandfallError BAD_USAGE: left aside in silence, they would seem to hold */
export function refuseFlagsOfApps(path: string, flags: Flags): void {
  refuse(FLAGS_OF_APPS, flags, `the environment ${path}`, 'an app, named by --app');
}

/** @throws LandfallError BAD_USAGE, as above, and for an environment beside the app */
export function refuseFlagsOfEnvironments(app: string, environment: string | undefined, flags: Flags): void {
  refuse(FLAGS_OF_ENVIRONMENTS, flags, `the app ${app}`, 'an environment');
  if (environment === undefined) return;
  throw new LandfallError({
    code: 'BAD_USAGE',
    at: 'landfall estimate',
    got: `the environment ${environment} and the app ${app}`,
    expected: 'one of them',
    fix: 'estimate each by itself',
  });
}

function refuse(refused: readonly RefusedFlag[], flags: Flags, got: string, expected: string): void {
  const flag = refused.find(({ key }) => flags[key] !== undefined);
  if (flag === undefined) return;
  throw new LandfallError({ code: 'BAD_USAGE', at: `--${flag.name}`, got, expected, fix: flag.fix });
}
