import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a path answers, by how often it was asked before. */
export type Answer = (response: ServerResponse, before: number, root: string) => void;

export interface PriceServer {
  readonly root: string;
  /** How often each path was asked. */
  readonly asked: ReadonlyMap<string, number>;
  readonly close: () => Promise<void>;
}

/** A publisher on this machine. A path without an answer is 404. */
export async function priceServer(answers: Readonly<Record<string, Answer>>): Promise<PriceServer> {
  const asked = new Map<string, number>();
  let root = '';
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const before = asked.get(path) ?? 0;
    asked.set(path, before + 1);
    const answer = answers[path];
    if (answer === undefined) response.writeHead(404).end('no such document');
    else answer(response, before, root);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    root,
    asked,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

export function sends(document: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return (response) => {
    response.writeHead(200, { 'content-length': String(Buffer.byteLength(text)), ...headers }).end(text);
  };
}

/** One answer after the other; the last one stays. */
export function inTurn(...answers: readonly Answer[]): Answer {
  return (response, before, root) => answers[Math.min(before, answers.length - 1)]?.(response, before, root);
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => void response.writeHead(code, headers).end('<html>an error page</html>');
}

/** Promises the whole length and hangs up in the middle. */
export function cut(document: unknown): Answer {
  const text = JSON.stringify(document);
  return (response) => {
    response.writeHead(200, { 'content-length': String(Buffer.byteLength(text)) });
    response.write(text.slice(0, text.length / 2), () => response.destroy());
  };
}

/** Ends in the middle as if that were all: only the form of the document tells. */
export function shortened(document: unknown): Answer {
  const text = JSON.stringify(document);
  return (response) => void response.writeHead(200).end(text.slice(0, text.length / 2));
}
