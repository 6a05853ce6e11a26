import type { Json } from '../../spec/messages.ts';
import type { Case, Step } from '../case/case.ts';
import { filledExample, type Lookup, lookupIn } from '../case/placeholders.ts';
import { type Exchange, exchangesOf } from '../trace/exchange.ts';
import type { Trace } from '../trace/trace.ts';
import { firstHeard } from './heard.ts';
import { observe } from './observation.ts';

/** What the placeholders of a case mean: its example, the run's variables, and what its named steps saw. */
export function caseLookup(testCase: Case, trace: Trace): Lookup {
  const { variables } = trace.header;
  const values: { [name: string]: Json | undefined } = {
    ...variables,
    ...filledExample(testCase.example, variables),
  };
  for (const [index, step] of testCase.steps.entries()) {
    if (!step.name) continue;
    const exchange = exchangeOf(step, index, trace);
    if (!exchange) continue;
    const sent = exchange.sent[0]?.value;
    const found = step.until && firstHeard(exchange.client, step.until, exchangesOf(trace), lookupIn(values));
    values[step.name] = {
      ...observe(exchange),
      ...(sent === undefined ? {} : { sent }),
      ...(found === undefined ? {} : { found }),
    };
  }
  return lookupIn(values);
}

/** The exchange that a step is judged by: of one that was repeated, the last. */
export function exchangeOf({ repeatUntil }: Step, index: number, trace: Trace): Exchange | undefined {
  const mine = exchangesOf(trace).filter(({ step }) => step === index);
  return repeatUntil ? mine.at(-1) : mine[0];
}
