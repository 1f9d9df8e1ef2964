import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OPERATIONS } from './cloudformation';
import { DRIFT_OPERATIONS } from './drift';
import { s3, ssm, sts, type Answer } from './other-services';
import { Refused, type Query } from './query';
import { World } from './world';
import { answerXml, errorXml } from './xml';

export interface SeenRequest {
  /** `CreateChangeSet`, `AmazonSSM.GetParameter`, `PUT s3`. */
  readonly operation: string;
  readonly body: string;
}

/** Called for each request, before it does anything and after it has, before the answer goes out. */
export type Watch = (when: 'before' | 'after', index: number, request: SeenRequest) => 'go on' | 'hang up';

/**
 * As much of AWS as deploying a CDK app asks for, on this machine. It proves our plans and the flow of the CDK's command
 * line, not how AWS behaves. Resource types, their required and create-only properties come from the published
 * specification. What it does not know is refused and noted in `unknown`.
 */
export class CloudFormationEmulator {
  public readonly requests: SeenRequest[] = [];
  public readonly unknown: string[] = [];
  public world = new World();
  public watch: Watch = () => 'go on';
  private readonly server = createServer((request, response) => void this.serve(request, response));

  /** @returns what `AWS_ENDPOINT_URL` has to be. */
  public async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    // By name: of an address the CDK would take the first number for the name of a bucket.
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    await this.world.settled();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const request = { operation: operationOf(incoming, body), body: body.toString('utf8') };
    const index = this.requests.push(request) - 1;
    if (this.watch('before', index, request) === 'hang up') return void incoming.socket.destroy();
    const answer = this.answer(incoming, body, request);
    if (this.watch('after', index, request) === 'hang up') return void incoming.socket.destroy();
    response.writeHead(answer.status, { 'content-type': answer.type });
    response.end(incoming.method === 'HEAD' ? undefined : answer.body);
  }

  private answer(incoming: IncomingMessage, body: Buffer, { operation }: SeenRequest): Answer {
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    const found = this.serviceAnswer(incoming, url, body);
    if (found !== null) return found;
    this.unknown.push(`${operation} ${url.pathname}${url.search}`);
    return {
      status: 400,
      body: errorXml('InvalidAction', `the emulator does not know ${operation}`),
      type: 'text/xml',
    };
  }

  private serviceAnswer(incoming: IncomingMessage, url: URL, body: Buffer): Answer | null {
    const target = incoming.headers['x-amz-target'];
    if (typeof target === 'string') return ssm(target);
    const query: Query = isQuery(incoming)
      ? Object.fromEntries(new URLSearchParams(body.toString('utf8')))
      : {};
    const action = query['Action'];
    if (action === undefined) {
      const isChunked = /aws-chunked/.test(incoming.headers['content-encoding'] ?? '');
      return s3(this.world, incoming.method ?? 'GET', url, body, isChunked);
    }
    const identity = sts(action);
    if (identity !== null) return xml(action, identity, 'https://sts.amazonaws.com/doc/2011-06-15/');
    const operation = OPERATIONS[action] ?? DRIFT_OPERATIONS[action];
    if (operation === undefined) return null;
    try {
      return xml(action, operation(this.world, query), 'http://cloudformation.amazonaws.com/doc/2010-05-15/');
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { status: error.status, body: errorXml(error.code, error.message), type: 'text/xml' };
    }
  }
}

function xml(action: string, result: object, namespace: string): Answer {
  return {
    status: 200,
    body: answerXml(action, result as Parameters<typeof answerXml>[1], namespace),
    type: 'text/xml',
  };
}

function isQuery({ headers }: IncomingMessage): boolean {
  return (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

function operationOf(incoming: IncomingMessage, body: Buffer): string {
  const target = incoming.headers['x-amz-target'];
  if (typeof target === 'string') return target;
  if (!isQuery(incoming)) return `${incoming.method ?? ''} s3`;
  return new URLSearchParams(body.toString('utf8')).get('Action') ?? '?';
}
