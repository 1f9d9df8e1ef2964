import { Halted } from '#bin/live/halted';
import { KubectlFailed, reasonOf, type Kubectl } from '#bin/live/kubectl';
import { EXIT } from '#bin/command';
import { clusterObjects } from '#bin/synthesis/cluster-objects';
import { isList, isObject, own, type JsonObject } from '#lib/artifacts/json';
import { addressOf, driftedObjects, foreignObjects, type ComparedObject } from '#lib/drift/kubernetes-drift';
import { merged, type DriftedStack, type DriftedThing } from '#lib/drift/drift';
import type { Plan } from '#lib/plan/plan';

/** Objects that are asked for at once. */
const AT_ONCE = 4;

/**
 * The objects of an option, as YAML, beside what is live of them: what the API server would make of each if it were applied
 * now, in a dry run, against what it holds.
 *
 * @throws Halted where the cluster does not answer
 */
export async function driftedObjectsOf(plan: Plan, cluster: Kubectl): Promise<DriftedStack> {
  if (plan.cluster === null) throw new Error(`the plan of ${plan.option} has no cluster`);
  const objects = clusterObjects(plan).objects as readonly JsonObject[];
  await refuseUnreachable(cluster);
  const compared: ComparedObject[] = [];
  const notes: string[] = [];
  for (let at = 0; at < objects.length; at += AT_ONCE) {
    const part = objects.slice(at, at + AT_ONCE);
    for (const { object, note } of await Promise.all(part.map((each) => comparedObject(each, cluster)))) {
      if (note === null) compared.push(object);
      else notes.push(note);
    }
  }
  const things = merged([...driftedObjects(compared), ...(await foreign(plan, objects, cluster, notes))]);
  return {
    stack: `${plan.environment}-${plan.option}`,
    provisioner: 'kubernetes',
    region: null,
    isLive: compared.some(({ live }) => live !== null),
    things,
    unchecked: notes.length,
    notes,
  };
}

async function comparedObject(
  object: JsonObject,
  cluster: Kubectl,
): Promise<{ readonly object: ComparedObject; readonly note: string | null }> {
  const text = JSON.stringify(object);
  const got = await cluster.run(['get', '-f', '-', '-o', 'json', '--ignore-not-found'], text);
  // A cluster that does not serve the kind, or has no such namespace, has no such object.
  const isAbsent = got.code !== 0 && /no matches for kind|\(NotFound\)/.test(got.stderr);
  const live = got.code === 0 ? only(got.stdout) : null;
  if (isAbsent || (got.code === 0 && live === null)) {
    return { object: { object, live: null, applied: null }, note: null };
  }
  const words = ['apply', '--server-side', '--dry-run=server', '--force-conflicts', '-o', 'json', '-f', '-'];
  const applied = got.code === 0 ? await cluster.run(words, text) : got;
  if (applied.code !== 0) {
    const note = `${addressOf(object)} was not compared: ${reasonOf(applied.stderr)}`;
    return { object: { object, live: null, applied: null }, note };
  }
  return { object: { object, live, applied: only(applied.stdout) }, note: null };
}

/** The one object that kubectl writes, alone or as a list of one; `null` where it writes none. */
function only(stdout: string): unknown {
  const document: unknown = stdout.trim() === '' ? null : JSON.parse(stdout);
  const items = own(document, 'items');
  return isList(items) ? (items[0] ?? null) : document;
}

/** What carries the option's labels and is of no manifest: of each kind and place that it has objects in. */
async function foreign(
  { environment, option }: Plan,
  objects: readonly JsonObject[],
  cluster: Kubectl,
  notes: string[],
): Promise<DriftedThing[]> {
  const labels = `app.kubernetes.io/managed-by=landfall,app.kubernetes.io/part-of=${environment},app.kubernetes.io/instance=${option}`;
  const kinds = new Set(objects.map(kindOf));
  const live: unknown[] = [];
  for (const kind of kinds) {
    try {
      const list = await cluster.json(['get', kind, '--all-namespaces', '-l', labels]);
      const items = own(list, 'items');
      if (isList(items)) live.push(...items.filter((item) => !isMade(item)));
    } catch (error) {
      if (!(error instanceof KubectlFailed)) throw error;
      if (!/doesn't have a resource type/.test(error.message)) {
        notes.push(`${kind} that are not ours were not looked for: ${error.message}`);
      }
    }
  }
  return foreignObjects(live, objects);
}

/** `Deployment.v1.apps`, by which kubectl takes the group that is meant. */
function kindOf(object: JsonObject): string {
  const [group = '', version] = String(object['apiVersion']).split('/');
  const kind = String(object['kind']);
  return version === undefined ? kind : `${kind}.${version}.${group}`;
}

/** Made by a controller for another object, and gone with it. */
function isMade(item: unknown): boolean {
  const owners = own(isObject(item) ? item['metadata'] : undefined, 'ownerReferences');
  return isList(owners) && owners.length > 0;
}

async function refuseUnreachable(cluster: Kubectl): Promise<void> {
  const { code, stderr, isAbsent } = await cluster.run(['get', '--raw', '/version']);
  if (code === 0) return;
  throw new Halted(EXIT.preflight, {
    code: isAbsent ? 'TOOL_MISSING' : 'TOOL_FAILED',
    at: 'kubectl',
    got: isAbsent ? 'no such program' : reasonOf(stderr),
    expected: 'a cluster that answers',
    fix: isAbsent ? 'install kubectl' : 'export KUBECONFIG=<file>, or pass --kubeconfig <file>',
  });
}
