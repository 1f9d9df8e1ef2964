/** An extended resource that is an accelerator, and how much of one a unit of it is. */
export interface AcceleratorResource {
  /** Whose chips: pods find nodes of that maker only. */
  readonly maker: 'nvidia' | 'amd' | 'aws' | 'intel';
  readonly share: number;
  /** MIG profile that the GPU must be cut into: `3g.40gb`. @default - whole accelerators */
  readonly slice?: string;
}

/** Compute slices of one accelerator: NVIDIA MIG profiles are named `<slices>g.<memory>gb`. */
const MIG_SLICES = 7;
/** NeuronCores of an Inferentia2 or Trainium1 chip (AWS Neuron documentation). */
const CORES_PER_NEURON = 2;

/**
 * By the names that device plugins give them. A time-shared GPU (`nvidia.com/gpu.shared`) says nothing of its share,
 * so it counts as a whole one.
 */
export function acceleratorOfResource(name: string): AcceleratorResource | null {
  const [, slice, slices] = /^nvidia\.com\/mig-((\d+)g\.\d+gb)/.exec(name) ?? [];
  if (slice !== undefined) return { maker: 'nvidia', share: Number(slices) / MIG_SLICES, slice };
  return Object.hasOwn(NAMES, name) ? (NAMES[name] ?? null) : null;
}

const NAMES: Readonly<Record<string, AcceleratorResource>> = {
  'nvidia.com/gpu': { maker: 'nvidia', share: 1 },
  'nvidia.com/gpu.shared': { maker: 'nvidia', share: 1 },
  'amd.com/gpu': { maker: 'amd', share: 1 },
  'aws.amazon.com/neuron': { maker: 'aws', share: 1 },
  'aws.amazon.com/neurondevice': { maker: 'aws', share: 1 },
  'aws.amazon.com/neuroncore': { maker: 'aws', share: 1 / CORES_PER_NEURON },
  'gpu.intel.com/i915': { maker: 'intel', share: 1 },
  'gpu.intel.com/xe': { maker: 'intel', share: 1 },
};
