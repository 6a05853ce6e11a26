/** Says whether one more tool call may be made now. */
export interface RateLimit {
  /** Takes one call from the allowance; false when there is none left. */
  take(): boolean;
}

/**
 * A token bucket, shared by all clients because they share what is behind the tools: `perSecond` calls are added each
 * second, and twice as many can gather (2025-11-25, server/tools, "Security Considerations": servers limit the rate).
 *
 * @param now the time in milliseconds
 */
export function createRateLimit(perSecond: number, now: () => number = () => performance.now()): RateLimit {
  const most = perSecond * 2;
  let tokens = most;
  let last = now();
  return {
    take() {
      const time = now();
      tokens = Math.min(most, tokens + ((time - last) / 1000) * perSecond);
      last = time;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
