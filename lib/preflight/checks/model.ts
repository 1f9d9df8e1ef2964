import { IDENTITY } from '#lib/preflight/checks/account';
import { CLUSTER } from '#lib/preflight/checks/cluster-names';
import type { Deployment, PreflightRequest } from '#lib/preflight/deployment';
import {
  failed,
  passed,
  warned,
  type Judge,
  type Requirement,
  type Verdict,
} from '#lib/preflight/requirement';

export interface ModelKinds {
  /** Whether the account may call a managed model there; `null` where the region does not know it. */
  readonly 'managed-model': {
    readonly asks: { readonly region: string; readonly modelId: string };
    readonly answer: {
      /** `AVAILABLE`, `PENDING`, `NOT_AVAILABLE` or `ERROR`. */
      readonly agreement: string;
      readonly isAuthorized: boolean;
      readonly isEntitled: boolean;
      readonly isInRegion: boolean;
    } | null;
  };
  /** Whether a secret is there; its content is nobody's business. */
  readonly secret: {
    readonly asks: {
      readonly namespace: string;
      readonly name: string;
      /** Empty where nobody said which. */
      readonly keys: readonly string[];
      readonly why: string;
    };
    readonly answer: boolean;
  };
}

/** Secret of the pods of a model server, as `constructs/kubernetes` names it. */
const HUB_SECRET = { name: 'hugging-face', keys: ['token'] } as const;
/** What is put in where the value is not anything one may make up. */
const VALUES: Readonly<Record<string, string>> = { 'hugging-face/token': '"$HF_TOKEN"' };

/** What the licence says, whether the weights can be fetched, and whether the region sells the model. */
export function modelRequirements(request: PreflightRequest): Requirement[] {
  return request.deployments.flatMap((deployment) => [
    ...licences(deployment, request.catalog),
    ...managed(deployment),
  ]);
}

function licences({ plan, provisioner }: Deployment, catalog: PreflightRequest['catalog']): Requirement[] {
  const { id, name, repository } = plan.model;
  const licence = catalog.models.get(id)?.licence ?? null;
  const terms = licence === null ? undefined : catalog.licenceTerms().get(licence);
  const verdict: Verdict =
    licence === null
      ? { state: 'skipped', text: `${name}: its licence is not known here: read it before it serves anybody` }
      : terms === undefined
        ? passed(`${name}: ${licence}`)
        : warned(`${name}: ${licence}: ${terms.clause}`);
  const stated: Requirement = {
    id: `model.licence.${id}`,
    group: 'model',
    subject: 'licence',
    needs: [],
    kind: 'stated',
    asks: { verdict },
  };
  if (plan.managed !== null || repository === null || terms?.gated !== true) return [stated];
  const why = `the Hugging Face hub hands ${repository} only to whom its publisher knows`;
  if (plan.cluster === null) {
    const fix = 'choose a model whose weights are open: a SageMaker endpoint fetches them without a token';
    return [
      stated,
      { ...stated, id: `model.gated.${id}`, subject: 'weights', asks: { verdict: failed(why, fix) } },
    ];
  }
  const { namespace } = plan.cluster;
  // The API of a cluster of EKS is reached from within its network alone.
  if (provisioner === 'cdk') {
    const text = `${why}: not asked whether secret ${HUB_SECRET.name} is in namespace ${namespace}, as the cluster is private`;
    return [
      stated,
      {
        ...stated,
        id: `model.gated.${id}`,
        subject: 'weights',
        asks: { verdict: { state: 'skipped', text } },
      },
    ];
  }
  return [
    stated,
    {
      id: `model.gated.${id}.${namespace}`,
      group: 'model',
      subject: 'weights',
      needs: [CLUSTER.workload],
      kind: 'secret',
      asks: { namespace, ...HUB_SECRET, why },
    },
  ];
}

function managed({ plan }: Deployment): Requirement[] {
  const { region } = plan.network;
  if (plan.managed === null || region === null) return [];
  const { modelId } = plan.managed;
  return [
    {
      id: `model.managed.${modelId}.${region}`,
      group: 'model',
      subject: modelId,
      needs: [IDENTITY],
      kind: 'managed-model',
      asks: { region, modelId },
    },
  ];
}

export const judgeManagedModel: Judge<'managed-model'> = ({ region, modelId }, found) => {
  if (found?.isInRegion !== true) {
    return failed(
      `Bedrock has no ${modelId} in ${region}`,
      `choose another region or model: aws bedrock list-foundation-models --region ${region}`,
    );
  }
  const { agreement, isAuthorized, isEntitled } = found;
  const grant = `grant access to ${modelId} in the Bedrock console of ${region} (Model access), or ask who runs the account`;
  if (agreement === 'PENDING') return warned(`${modelId}: the agreement is pending`, grant);
  if (agreement !== 'AVAILABLE') return failed(`${modelId}: the agreement is ${agreement}`, grant);
  if (!isAuthorized) return failed(`${modelId}: the account is not authorised`, grant);
  return isEntitled
    ? passed(`${modelId} may be called in ${region}`)
    : failed(`${modelId}: the account is not entitled to it`, grant);
};

export const judgeSecret: Judge<'secret'> = ({ namespace, name, keys, why }, isThere) => {
  if (isThere) return passed(`secret ${name} is in namespace ${namespace}`);
  const literals = keys.map((key) => {
    const value = VALUES[`${name}/${key}`] ?? '"$(openssl rand -hex 24)"';
    return `--from-literal=${key}=${value}`;
  });
  const text = `${why}: namespace ${namespace} has no secret ${name}`;
  return keys.length === 0
    ? failed(text, `make the secret ${name} in namespace ${namespace}, see docs/prerequisites.md`)
    : failed(text, `kubectl -n ${namespace} create secret generic ${name} ${literals.join(' ')}`);
};
