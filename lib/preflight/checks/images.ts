import type { Deployment, PreflightRequest } from '#lib/preflight/deployment';
import { imagesOf } from '#lib/preflight/object-needs';
import { failed, passed, type Requirement, type Verdict } from '#lib/preflight/requirement';

/** Tags that mean another image from one day to the next. */
const MOVING = new Set(['latest', 'main', 'master', 'nightly', 'stable']);

/** Every image that is pulled: by digest it stays what it is, by a tag its registry may change it. */
export function imageRequirements({ deployments }: PreflightRequest): Requirement[] {
  return [...new Set(deployments.flatMap(pulledBy))].map((image) => ({
    id: `images.${image}`,
    group: 'images',
    subject: image,
    needs: [],
    kind: 'stated',
    asks: { verdict: judgeImage(image) },
  }));
}

function pulledBy({ plan, objects }: Deployment): string[] {
  const launch = plan.serving?.launch;
  if (plan.cluster === null && launch?.sagemaker != null) {
    const { repository, tag } = launch.sagemaker.image;
    return [`${repository}:${tag}`];
  }
  return imagesOf(objects);
}

export function judgeImage(image: string): Verdict {
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return passed(`${image.replace(/@.*/, '')} by digest`);
  const tag = /:([^:/@]+)$/.exec(image)?.[1];
  if (tag !== undefined && !MOVING.has(tag)) return passed(`${image} by tag`);
  return failed(
    `${image} is another image tomorrow`,
    'name a release by its tag or its digest in the environment',
  );
}
