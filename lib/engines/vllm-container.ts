/** Port of its server. */
export const VLLM_PORT = 8000;
/** Tag of vllm/vllm-openai. */
export const VLLM_RELEASE = 'v0.26.0';
export const VLLM_IMAGE = 'vllm/vllm-openai';

/** What holds in any image. */
export const VLLM_SETTINGS = {
  // One request may otherwise ask for 16,384 answers.
  VLLM_MAX_N_SEQUENCES: '64',
  // A redirect would lead a fetch of media past the allow list.
  VLLM_MEDIA_URL_ALLOW_REDIRECTS: '0',
  VLLM_NO_USAGE_STATS: '1',
};

/** Flags that end every command line: how it stops (without the first it aborts requests), and what it does not log. */
export function vllmLastFlags(drainSeconds: number): readonly string[] {
  return [
    '--shutdown-timeout',
    String(drainSeconds),
    '--disable-access-log-for-endpoints',
    '/health,/metrics,/ping',
  ];
}

/** How its image runs, whatever it serves. */
export const VLLM_CONTAINER = {
  environment: {
    // torch asks for the user's name, which an arbitrary UID does not have.
    USER: 'vllm',
    HOME: '/home/vllm',
    ...VLLM_SETTINGS,
  },
  files: [],
  port: VLLM_PORT,
  metricsPort: VLLM_PORT,
  // `/health` answers before the weights are loaded; the list of models does not.
  startupPath: '/v1/models',
  readinessPath: '/health',
  livenessPath: '/health',
  user: { uid: 2000, gid: 0, home: '/home/vllm', name: 'vllm' },
  waitingMetric: 'vllm:num_requests_waiting',
} as const;
