/** Name of the Deployment and of everything that belongs to it. Changing it replaces deployed resources. */
export const MODEL_SERVER = 'model-server';
/** The same for the fleet that computes prompts alone. */
export const PROMPT_SERVER = 'model-server-prompts';
/** Stands before both fleets. */
export const MODEL_ROUTER = 'model-router';

/** Where weights are downloaded to or found. */
export const WEIGHTS_PATH = '/weights';

/** Time in which gateways stop sending requests to a pod that is about to end. */
export const PRE_STOP_SECONDS = 15;
