/** Name of the Deployment and of everything that belongs to it. Changing it replaces deployed resources. */
export const MODEL_SERVER = 'model-server';

/** Where weights are downloaded to or found. */
export const WEIGHTS_PATH = '/weights';

/** Time in which gateways stop sending requests to a pod that is about to end. */
export const PRE_STOP_SECONDS = 15;
