/** What an EC2 type gives to pods as a node of EKS: most of what it holds, after what the node keeps for itself. */
export interface NodeSize {
  /** `m7i.large`. */
  readonly id: string;
  readonly vcpus: number;
  readonly memoryGib: number;
  readonly allocatableCpus: number;
  readonly allocatableGib: number;
  /** Pods that its network interfaces have addresses for. */
  readonly pods: number;
  readonly architecture: 'amd64' | 'arm64';
  /** By the name of its label: `l40s`, `inferentia2`. @default - none */
  readonly accelerator?: string;
  /** 0 where it has a part of one. @default 0 */
  readonly gpus?: number;
  /** Of each GPU, in MiB as EC2 states it; of a part where it has one. @default - not stated: none, or not a GPU */
  readonly gpuMemoryMib?: number;
  /** Whose chips they are. @default - none */
  readonly maker?: 'nvidia' | 'amd' | 'aws' | 'qualcomm';
  /** @default 0 */
  readonly localDiskGb?: number;
  readonly source: string;
}
