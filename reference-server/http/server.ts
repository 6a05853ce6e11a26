import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoint } from './endpoint.ts';

/** A server that is listening. */
export interface HttpServer {
  address: AddressInfo;
  /** Takes no more requests, lets open ones end, and cuts off those that do not within a moment. */
  close(): Promise<void>;
}

/** Milliseconds for a client to send its header, or a whole request. Slower ones are answered 408. */
const HEADER_TIME = 10_000;
const REQUEST_TIME = 30_000;
/** Milliseconds for the last bytes to leave when the server closes. */
const FAREWELL_TIME = 250;

/**
 * Serves an endpoint over HTTP/1.1.
 *
 * @throws Error when the address cannot be listened on
 */
export async function listen(endpoint: Endpoint, host: string, port: number): Promise<HttpServer> {
  const server = createServer({
    headersTimeout: HEADER_TIME,
    requestTimeout: REQUEST_TIME,
    connectionsCheckingInterval: 1000,
    // Notices clients that went without a word while a stream was open to them.
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
  });
  // node would drop fields beyond a limit without a word, Origin perhaps among them; the endpoint counts them instead.
  server.maxHeadersCount = 0;
  server.on('request', (request, response) => {
    // A client that goes away while it is written to is no failure of the server.
    response.on('error', () => {});
    // What fails while the server answers must not bring it down; the endpoint has logged it.
    endpoint(request, response).catch(() => response.destroy());
    response.on('close', () => {
      if (!server.listening) server.closeIdleConnections();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    address,
    close: () =>
      new Promise((resolve) => {
        const cutOff = setTimeout(() => server.closeAllConnections(), FAREWELL_TIME);
        server.close(() => {
          clearTimeout(cutOff);
          resolve();
        });
      }),
  };
}
