/** Waits for the first of several promises, but not longer than `ms` milliseconds; then calls `late`. */
export async function within(ms: number, promises: readonly Promise<unknown>[], late: () => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let lastLook: NodeJS.Immediate | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      // what has arrived while this process was busy is read before the time is called up
      lastLook = setImmediate(() => {
        late();
        resolve();
      });
    }, ms);
  });
  await Promise.race([...promises, timeout]);
  clearTimeout(timer);
  clearImmediate(lastLook);
}
