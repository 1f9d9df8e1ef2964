import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome, Surroundings } from '#bin/command';
import { driftedCdk } from '#bin/drift/drifted-cdk';
import { main } from '#bin/main';
import { driftOf, type Drift } from '#lib/drift/drift';
import { driftSchema } from '#lib/report/documents/drift';
import { driftScreen } from '#lib/report/screens/drift-screen';
import { renderText } from '#lib/report/text';
import { CloudFormationEmulator } from '../../_support/cloudformation-emulator/emulator';
import type { Stack } from '../../_support/cloudformation-emulator/world';

const ENVIRONMENT = 'environments/support.yaml';
const SECRET = 'canary-b7e1';
const NAME = 'support-bedrock-serving';

const emulator = new CloudFormationEmulator();
const folder = mkdtempSync(join(tmpdir(), 'landfall-drift-'));
const assembly = join(folder, 'cdk.out');
let endpoint = '';
/** Of an account in which nothing is live; what it synthesizes stays in the folder for the others. */
let first: Outcome;
let template: Record<string, unknown> & { Resources: Record<string, { Type: string; Properties?: object }> };
let tags: Record<string, string> = {};

beforeAll(async () => {
  endpoint = await emulator.start();
  first = await main(['drift', ENVIRONMENT, '--folder', folder, '--exit-code'], surroundings());
  const read = (file: string) => JSON.parse(readFileSync(join(assembly, file), 'utf8')) as unknown;
  template = read('Serving.template.json') as typeof template;
  const manifest = read('manifest.json') as { artifacts: Record<string, { properties?: { tags?: typeof tags } }> }; // prettier-ignore
  tags = manifest.artifacts['Serving']?.properties?.tags ?? {};
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await emulator.stop();
});

function surroundings(): Surroundings {
  return {
    today: '2026-11-30',
    now: () => '2026-11-30T09:00:00Z',
    color: false,
    width: 100,
    debug: true,
    download: { attempts: 2, backoffMs: 1 },
    detection: { longestMs: 1000, everyMs: 1 },
    variables: { ...process.env, AWS_ENDPOINT_URL: endpoint },
    awsCredentials: () =>
      Promise.resolve({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET, sessionToken: null }),
  };
}

/** A stack as the account holds it after a deployment. */
function deployed(change: Partial<Stack> = {}): void {
  emulator.world.stacks.length = 0;
  emulator.world.outsideChanges.clear();
  emulator.world.stacks.push({
    name: NAME,
    id: `arn:aws:cloudformation:us-east-1:123456789012:stack/${NAME}/1`,
    createdAt: '2026-11-30T08:00:00.000Z',
    status: 'CREATE_COMPLETE',
    statusReason: '',
    templateText: JSON.stringify(template),
    parameters: {},
    tags,
    outputs: {},
    terminationProtection: true,
    resources: new Map(),
    events: [],
    ...change,
  });
}

/** The document, held to its schema, and the screen of it. */
async function drift(): Promise<{ readonly document: Drift; readonly screen: string; readonly all: string }> {
  const made = driftOf('support', '2026-11-30T09:00:00Z', await driftedCdk(assembly, surroundings()));
  const document = driftSchema.parse(made);
  const screen = renderText(driftScreen(made, ENVIRONMENT), { width: 100 });
  return { document, screen, all: JSON.stringify(document) + screen };
}

describe('landfall drift of a CDK stack', () => {
  it('finds nothing right after a deployment, and says what was not compared', async () => {
    deployed();
    const { document: found, screen } = await drift();
    expect(screen).toContain('as it should be');
    expect(found.counts).toMatchObject({ missing: 0, foreign: 0, changed: 0 });
    expect(found.stacks.map(({ stack, isLive, notes }) => [stack, isLive, notes])).toEqual([
      [NAME, true, []],
    ]);
    expect(emulator.unknown).toEqual([]);
  });

  it('tells what was changed and deleted outside by its place, and never by its value', async () => {
    deployed();
    const [one = '', other = ''] = Object.keys(template.Resources);
    emulator.world.outsideChanges.set(`${NAME}/${one}`, {
      status: 'MODIFIED',
      path: '/Tags/0/Value',
      expected: SECRET,
      actual: `${SECRET}-2`,
    });
    emulator.world.outsideChanges.set(`${NAME}/${other}`, { status: 'DELETED' });
    const { document: found, all } = await drift();
    const things = found.stacks.flatMap((stack) => stack.things);
    expect(things).toEqual(
      [
        { difference: 'changed', address: one, type: template.Resources[one]?.Type, origin: 'changed-outside', paths: ['Properties.Tags[0].Value'] },
        { difference: 'missing', address: other, type: template.Resources[other]?.Type, origin: 'changed-outside', paths: [] },
      ].toSorted((a, b) => (a.address < b.address ? -1 : 1)),
    ); // prettier-ignore
    expect(all).not.toContain(SECRET);
  });

  it('tells what was deployed otherwise than it is synthesized: one resource more, one less, one changed', async () => {
    const [gone = '', other = ''] = Object.keys(template.Resources);
    const { [gone]: _, [other]: value, ...rest } = template.Resources;
    const Resources = {
      ...rest,
      [other]: { ...value, Properties: { ...value?.Properties, Description: SECRET } },
      Stray: { Type: 'AWS::SNS::Topic' },
    };
    deployed({ templateText: JSON.stringify({ ...template, Resources }) });
    const { screen, all } = await drift();
    expect(screen).toContain(`− ${gone}`);
    expect(screen).toContain('+ Stray (AWS::SNS::Topic) live, and not ours');
    expect(screen.replaceAll(/\n +/g, ' ')).toContain('Properties.Description');
    expect(all).not.toContain(SECRET);
    expect(screen.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('tells a stack of which nothing is live, and exits 2 where it is asked to', () => {
    expect([first.exitCode, first.stderr]).toEqual([2, '']);
    expect(first.stdout).toContain(`${NAME} (cloudformation, us-east-1)`);
    expect(first.stdout).toContain('nothing of it is live');
  });

  it('reads only', () => {
    const asked = new Set(emulator.requests.map(({ operation }) => operation));
    expect([...asked].filter((name) => !/^(?:Get|Describe|Detect|Assume)/.test(name))).toEqual([]);
  });
});
