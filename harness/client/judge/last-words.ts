import type { Trace } from '../../trace/trace.ts';
import { isObject } from '../../wire/json-rpc.ts';

/** How a client ended and what it said at the end, to be put after a sentence; nothing when it ended well. */
export function lastWords({ header }: Trace): string {
  const { run } = header.variables;
  if (!isObject(run)) return '';
  const said = typeof run.stderr === 'string' ? telling(run.stderr) : '';
  const words = said === '' ? '' : `, saying ${JSON.stringify(said)}`;
  switch (run.how) {
    case 'stopped':
      return `; the client was still waiting when its time was up${words}`;
    case 'signal':
      return `; the client was ended by ${run.signal}${words}`;
    case 'exit':
      return run.code === 0 ? '' : `; the client ended with exit code ${run.code}${words}`;
    default:
      return `; the client could not be started${words}`;
  }
}

/** The line of an error output that says most: one that begins with the name of an error, else the last with that word. */
function telling(output: string): string {
  const lines = output.split('\n').flatMap((line) => line.trim() || []);
  const named = lines.find((one) => /^(Uncaught )?[\w.]*(Error|Exception)\b/.test(one));
  const line = named ?? lines.findLast((one) => /error/i.test(one)) ?? lines.at(-1) ?? '';
  return line.length > 200 ? `${line.slice(0, 197)}...` : line;
}
