import type { Outcome } from '../judge/outcome.ts';
import { type Call, conversationOf, type Session } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { type Breach, condensed, judged, sameJson, show } from './outcomes.ts';
import { callsWithToken, isTask, type Progress, progressIn, responseTo, tokenOf } from './progress.ts';
import { isResuming } from './target-messages.ts';

const REQUIRES = ['progress.known-token', 'progress.stop-after-completion'] as const;
const [KNOWN, STOP] = REQUIRES;

/** How much later progress has to arrive on another stream than the response before it is surely late. */
const SURELY_LATE_MS = 500;

/** Progress is of a request that gave the token and is still running. */
export const progressTokens: Invariant = {
  id: 'invariant.progress.tokens',
  title: 'progress names the token of a request that is still running',
  requires: REQUIRES,
  judge: (view) =>
    conversationOf(view).sessions.flatMap((session) => {
      const progress = progressIn(session);
      if (!progress.length) return [];
      return condensed([
        ...progress.flatMap((one) => judgeOne(one, session)),
        ...session.calls.flatMap((call) => stoppedIn(call, progress)),
      ]);
    }),
};

function judgeOne(one: Progress, session: Session): Outcome[] {
  const { said, token } = one;
  const calls = callsWithToken(session, token, said.message.at);
  if (!calls.length) return judged(KNOWN, said.exchange, [unknownToken(one, session)], true);
  const late = calls.every((call) => isOver(call, one)) ? calls.map((call) => lateness(call, one)) : [];
  const [mildest] = late.sort((a, b) => Number(b.atMost !== undefined) - Number(a.atMost !== undefined));
  return [...judged(KNOWN, said.exchange, [], true), ...judged(STOP, said.exchange, mildest ? [mildest] : [], false)];
}

function unknownToken({ said, token }: Progress, session: Session): Breach {
  const alike = session.calls.map(tokenOf).find((given) => given !== undefined && String(given) === String(token));
  const why =
    alike === undefined ? 'no request of this client gave it' : `the request gave ${show(alike)}, of another type`;
  return {
    message: `progress names the token ${show(token)}: ${why}`,
    path: `${said.path}.params.progressToken`,
    actual: token,
  };
}

/** Whether a request had been answered when progress on it came. On a resumed stream older messages come again. */
function isOver(call: Call, { said }: Progress): boolean {
  const response = responseTo(call);
  if (!response || isTask(call)) return false;
  if (response.exchange === said.exchange) return response.index < said.index;
  return !isResuming(said.exchange) && said.message.at - response.message.at > SURELY_LATE_MS;
}

function lateness(call: Call, { said, token }: Progress): Breach {
  const message = `progress for the token ${show(token)} came after the response to its request`;
  const breach = { message, path: said.path, actual: said.message.value };
  // on another stream the response may have overtaken it
  return call.exchange === said.exchange ? breach : { ...breach, atMost: 'warn' };
}

/** A request with progress and then a response, with none after it on the same stream. */
function stoppedIn(call: Call, progress: readonly Progress[]): Outcome[] {
  const token = tokenOf(call);
  const response = token === undefined || isTask(call) ? undefined : responseTo(call);
  if (!response) return [];
  const mine = progress.filter((one) => sameJson(one.token, token) && one.said.exchange === call.exchange);
  return judged(STOP, call.exchange, [], mine.length > 0 && mine.every((one) => one.said.index < response.index));
}
