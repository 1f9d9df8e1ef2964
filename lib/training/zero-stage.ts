/** ZeRO stage: 0 keeps everything on every GPU; 1 splits optimiser states, 2 gradients too, 3 weights too. */
export type ZeroStage = 0 | 1 | 2 | 3;
