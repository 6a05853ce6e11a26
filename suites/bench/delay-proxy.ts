import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';

/**
 * A proxy on the loopback that lets every piece of data wait, in each direction: a round trip takes twice as long. Opening a
 * connection is not delayed.
 */
export async function startDelay(
  url: string,
  oneWayMs: number,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { hostname, port, pathname } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        setTimeout(() => to.destroy(), oneWayMs);
      });
      from.pipe(delayed(oneWayMs)).pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}${pathname}`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Passes on each piece after a time, without holding back those behind it. */
function delayed(ms: number): Transform {
  return new Transform({
    highWaterMark: 64 * 1024 * 1024,
    transform(chunk: Buffer, _encoding, taken: TransformCallback) {
      setTimeout(() => {
        if (!this.destroyed) this.push(chunk);
      }, ms);
      taken();
    },
    flush(done) {
      setTimeout(done, ms);
    },
  });
}
