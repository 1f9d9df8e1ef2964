import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ApiRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ApiAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends the connection before the body is whole. */
  readonly isCut?: boolean;
}

export interface ApiServer {
  readonly root: string;
  readonly requests: readonly ApiRequest[];
  readonly close: () => Promise<void>;
}

/** An API on this machine that answers each request by what it holds. */
export async function apiServer(
  answer: (request: ApiRequest, index: number) => ApiAnswer,
): Promise<ApiServer> {
  const requests: ApiRequest[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const asked = { method, path, headers, body };
      requests.push(asked);
      const { status = 200, headers: own = {}, body: text, isCut } = answer(asked, requests.length - 1);
      const length = String(Buffer.byteLength(text));
      response.writeHead(status, { 'content-length': length, ...own });
      if (isCut) {
        response.write(text.slice(0, text.length / 2), () => response.destroy());
      } else response.end(text);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    root: `http://127.0.0.1:${port}`,
    requests,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
