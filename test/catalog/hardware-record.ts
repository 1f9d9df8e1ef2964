import * as z from 'zod';
import { Id, Note, Positive } from './records';

/** Schemas of what one buys for a site: servers, switches, circuits. */
export const ServerRecord = z.strictObject({
  id: Id,
  name: z.string(),
  accelerator: Id,
  gpus: z.int().min(1).max(576),
  architecture: z.enum(['x86_64', 'arm64']),
  vcpus: z.int().min(32),
  memoryGib: z.number().min(256),
  localDiskGb: z.number().nonnegative(),
  rackUnits: z.int().min(1).max(52),
  powerKw: z.strictObject({ low: Positive, base: Positive, high: Positive }),
  weightKg: Positive.nullable(),
  fabric: z.strictObject({
    hosts: z.int().min(1).max(72),
    rails: z.int().min(1).max(16),
    planes: z.int().min(1).max(4),
    linkGbps: z.int().min(100).max(1600),
    portsPerCage: z.int().min(1).max(4),
    switch: Id,
    source: Id,
  }),
  linkSwitchTrays: z.int().min(1).max(9).optional(),
  priceId: z.string().nullable(),
  source: Id,
  note: Note,
});

export const SwitchRecord = z.strictObject({
  id: Id,
  name: z.string(),
  ports: z.int().min(8).max(256),
  portGbps: z.int().min(1).max(1600),
  portsPerCage: z.int().min(1).max(4),
  rackUnits: z.int().min(1).max(8),
  powerKw: z.strictObject({ low: Positive, base: Positive, high: Positive }),
  weightKg: Positive.nullable(),
  priceId: z.string().nullable(),
  source: Id,
  note: Note,
});

export const CircuitRecord = z.strictObject({
  id: Id,
  name: z.string(),
  areas: z.array(z.enum(['us', 'eu', 'china'])).min(1),
  volts: z.int().min(100).max(690),
  amps: z.int().min(10).max(250),
  source: Id,
});

export const NodeSizeRecord = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/),
  vcpus: z.int().min(1).max(2048),
  memoryGib: z.number().min(0.5).max(32_768),
  allocatableCpus: z.number().positive(),
  allocatableGib: z.number(),
  pods: z.int().min(4).max(2000),
  architecture: z.enum(['amd64', 'arm64']),
  accelerator: z.string().optional(),
  gpus: z.int().min(0).max(16).optional(),
  gpuMemoryMib: z.int().min(1024).max(1_048_576).optional(),
  maker: z.enum(['nvidia', 'amd', 'aws', 'qualcomm']).optional(),
  localDiskGb: z.number().positive().optional(),
  source: z.string(),
});
