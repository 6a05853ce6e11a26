import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** With a target in the environment only the suites run, against that target. */
const target = process.env.MCP_TARGET_URL || process.env.MCP_TARGET_COMMAND;

export default defineConfig({
  test: {
    include: target ? ['suites/target.test.ts'] : ['**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', ...(target ? [] : ['suites/target.test.ts'])],
    // most tests wait for others most of the time
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
  },
});
