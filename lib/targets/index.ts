import { registry } from '#lib/registry/registry';
import { awsBedrock } from '#lib/targets/aws-bedrock';
import { awsEks } from '#lib/targets/aws-eks';
import { awsSagemaker } from '#lib/targets/aws-sagemaker';
import { colo } from '#lib/targets/colo';
import { leased } from '#lib/targets/leased';
import { selfBuilt } from '#lib/targets/self-built';

/** Every way to run a workload, from least to most of it operated by oneself. */
export const targets = registry('target', [awsBedrock, awsSagemaker, awsEks, leased, colo, selfBuilt]);

export type TargetId = (typeof targets.ids)[number];
