import { randomBytes } from 'node:crypto';
import type { OutsideChange } from './drift';

/** One resource that "exists": what a stack made, whatever became of the stack. */
export interface PhysicalResource {
  readonly id: string;
  readonly type: string;
  readonly stack: string;
  readonly logicalId: string;
}

export type Json = Readonly<Record<string, unknown>>;

export interface DeployedResource {
  readonly type: string;
  readonly properties: Json;
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly deletionPolicy: string;
}

export interface StackEvent {
  readonly id: string;
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly status: string;
  readonly reason: string;
  readonly at: string;
}

export interface Stack {
  readonly name: string;
  readonly id: string;
  readonly createdAt: string;
  status: string;
  statusReason: string;
  /** As it was submitted; `null` before the first execution. */
  templateText: string | null;
  parameters: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
  outputs: Readonly<Record<string, unknown>>;
  terminationProtection: boolean;
  resources: Map<string, DeployedResource>;
  events: StackEvent[];
}

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  readonly kind: 'CREATE' | 'UPDATE';
  readonly templateText: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly isEmpty: boolean;
  executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'OBSOLETE' | 'EXECUTE_COMPLETE';
}

/** A resource of this type fails when it is made or changed, so many times. */
export interface Fault {
  readonly type: string;
  readonly reason: string;
  times: number;
}

export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';

/** All that an account holds as far as the emulator knows it. */
export class World {
  public readonly stacks: Stack[] = [];
  public readonly changeSets: ChangeSet[] = [];
  public readonly objects = new Map<string, string>();
  public readonly physical = new Map<string, PhysicalResource>();
  public readonly faults: Fault[] = [];
  /** What was done to resources outside, by stack and logical id. */
  public readonly outsideChanges = new Map<string, OutsideChange>();
  /** Detections of drift, with how often each was asked about. */
  public readonly detections = new Map<string, number>();
  /** Executions that have begun and not ended. */
  public readonly running = new Set<Promise<void>>();
  private counter = 0;

  /** The stack of a name or an id; deleted ones only by id. */
  public stack(nameOrId: string): Stack | undefined {
    return this.stacks.find(
      ({ name, id, status }) => id === nameOrId || (name === nameOrId && status !== 'DELETE_COMPLETE'),
    );
  }

  public changeSet(nameOrId: string, stack: string | undefined): ChangeSet | undefined {
    const inStack = stack === undefined ? undefined : this.stack(stack)?.id;
    return this.changeSets.find(
      ({ name, id, stackId }) => id === nameOrId || (name === nameOrId && stackId === inStack),
    );
  }

  /** Unique in this world; ends in letters that no name has by chance. */
  public unique(): string {
    this.counter += 1;
    return `${this.counter.toString(36)}${randomBytes(3).toString('hex')}`;
  }

  /** Everything that exists and belongs to no stack that stands. */
  public orphans(): PhysicalResource[] {
    const owned = new Set(
      this.stacks.flatMap(({ resources }) => [...resources.values()].map(({ physicalId }) => physicalId)),
    );
    return [...this.physical.values()].filter(({ id }) => !owned.has(id));
  }

  /** Waits for every execution to end. */
  public async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }
}
