import type { ClusterKinds } from '#lib/preflight/checks/cluster';
import type { AccountKinds } from '#lib/preflight/checks/account';
import type { CapacityKinds } from '#lib/preflight/checks/capacity';
import type { ModelKinds } from '#lib/preflight/checks/model';
import type { QuotaKinds } from '#lib/preflight/checks/quotas';
import type { ToolKinds } from '#lib/preflight/checks/tools';

/** The rows of a preflight, in their order. */
export const GROUPS = ['tool', 'identity', 'quota', 'capacity', 'cluster', 'images', 'model'] as const;
export type Group = (typeof GROUPS)[number];

export const STATES = ['passed', 'failed', 'warning', 'skipped'] as const;
export type State = (typeof STATES)[number];

/** What is known without asking, judged when the requirement was made. */
export interface StatedKinds {
  readonly stated: { readonly asks: { readonly verdict: Verdict }; readonly answer: null };
}

/** Every kind of question: what it asks for, and the form of its answer. */
export interface Kinds
  extends ToolKinds, AccountKinds, QuotaKinds, CapacityKinds, ClusterKinds, ModelKinds, StatedKinds {}
export type Kind = keyof Kinds;
export type Asks<K extends Kind> = Kinds[K]['asks'];
export type Answer<K extends Kind> = Kinds[K]['answer'];

/** What has to be true before a deployment, as data: how to ask, and what to expect. */
export type Requirement<K extends Kind = Kind> = {
  readonly [Each in K]: {
    /** Stable: `quota.ec2.L-417A185B.us-east-1`. Requirements of several options with one id are one. */
    readonly id: string;
    readonly group: Group;
    /** What it is about, in a few words. */
    readonly subject: string;
    /** Ids of requirements that must have passed, or nobody can ask. */
    readonly needs: readonly string[];
    readonly kind: Each;
    readonly asks: Asks<Each>;
  };
}[K];

/** What came of asking. */
export type Reply<K extends Kind = Kind> =
  | { readonly state: 'answered'; readonly answer: Answer<K> }
  /** Nobody could be asked, and why: the check is skipped, never passed. */
  | { readonly state: 'unanswered'; readonly why: string };

export interface Verdict {
  readonly state: State;
  /** What was found, for people. */
  readonly text: string;
  /** A command, or what to change; of a failure always. */
  readonly fix?: string | undefined;
  /** A warning of something that others need: they cannot be asked. @default - a failure, or a skipped one */
  readonly bars?: true;
}

export type Judge<K extends Kind> = (asks: Asks<K>, answer: Answer<K>) => Verdict;

export function passed(text: string): Verdict {
  return { state: 'passed', text };
}

export function failed(text: string, fix: string): Verdict {
  return { state: 'failed', text, fix };
}

export function warned(text: string, fix?: string): Verdict {
  return { state: 'warning', text, ...(fix === undefined ? {} : { fix }) };
}
