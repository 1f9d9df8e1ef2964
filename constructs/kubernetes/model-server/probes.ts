import type { ServingPlan } from '#lib/plan/plan';

const STARTUP_PERIOD_SECONDS = 10;

/** Fails only when the planned time to load has passed twice over with no answer: the budget includes that factor. */
export function startupProbe({ launch, startupBudgetSeconds }: ServingPlan): object {
  return {
    httpGet: { path: launch.startupPath, port: 'http', scheme: 'HTTP' },
    periodSeconds: STARTUP_PERIOD_SECONDS,
    timeoutSeconds: 5,
    failureThreshold: Math.max(1, Math.ceil(startupBudgetSeconds / STARTUP_PERIOD_SECONDS)),
  };
}

export function readinessProbe({ launch }: ServingPlan): object {
  return {
    httpGet: { path: launch.readinessPath, port: 'http', scheme: 'HTTP' },
    periodSeconds: 5,
    timeoutSeconds: 5,
    failureThreshold: 3,
  };
}

/** Patient: a restart costs minutes of loading, so a slow answer under load must not cause one. */
export function livenessProbe({ launch }: ServingPlan): object {
  return {
    httpGet: { path: launch.livenessPath, port: 'http', scheme: 'HTTP' },
    periodSeconds: 10,
    timeoutSeconds: 5,
    failureThreshold: 6,
  };
}
