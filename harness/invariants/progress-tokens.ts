import type { Transport } from '../../spec/revisions.ts';
import type { Outcome } from '../judge/outcome.ts';
import { type Call, conversationOf, type Session } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { type Breach, condensed, judged, sameJson, show } from './outcomes.ts';
import { callsWithToken, isLater, isTask, type Progress, progressIn, responseTo, tokenOf } from './progress.ts';

const REQUIRES = ['progress.known-token', 'progress.stop-after-completion'] as const;
const [KNOWN, STOP] = REQUIRES;

/** Progress is of a request that gave the token and is still running. */
export const progressTokens: Invariant = {
  id: 'invariant.progress.tokens',
  title: 'progress names the token of a request that is still running',
  occasion: 'notifications of progress',
  requires: REQUIRES,
  judge: (view) => {
    const { transport } = view.trace.header;
    return conversationOf(view).sessions.flatMap((session) => {
      const progress = progressIn(session, transport);
      if (!progress.length) return [];
      return condensed([
        ...progress.flatMap((one) => judgeOne(one, session, transport)),
        ...session.calls.flatMap((call) => stoppedIn(call, progress, transport)),
      ]);
    });
  },
};

function judgeOne(one: Progress, session: Session, transport: Transport): Outcome[] {
  const { said, token } = one;
  const calls = callsWithToken(session, token, said.message.at);
  if (!calls.length) return judged(KNOWN, said.exchange, [unknownToken(one, session)], true);
  const lateness = calls.map((call) => howLate(call, one, transport));
  const breaches = lateness.includes('no') ? [] : [lateBreach(one, lateness.includes('likely'))];
  return [...judged(KNOWN, said.exchange, [], true), ...judged(STOP, said.exchange, breaches, false)];
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

/** How surely progress on a request came after its response. */
function howLate(call: Call, { said }: Progress, transport: Transport): ReturnType<typeof isLater> {
  const response = isTask(call) ? undefined : responseTo(call);
  return response ? isLater(said, response, transport) : 'no';
}

/** On another stream than its response the progress may have been overtaken. */
function lateBreach({ said, token }: Progress, mayBeOvertaken: boolean): Breach {
  const message = `progress for the token ${show(token)} came after the response to its request`;
  const breach = { message, path: said.path, actual: said.message.value };
  return mayBeOvertaken ? { ...breach, atMost: 'warn' } : breach;
}

/** A request with progress and then a response, with none after it. */
function stoppedIn(call: Call, progress: readonly Progress[], transport: Transport): Outcome[] {
  const token = tokenOf(call);
  const response = token === undefined || isTask(call) ? undefined : responseTo(call);
  if (!response) return [];
  const mine = progress.filter(
    (one) =>
      sameJson(one.token, token) && (transport !== 'streamable-http' || call.answeredIn.includes(one.said.exchange)),
  );
  const stopped = mine.every(({ said }) => isLater(said, response, transport) === 'no');
  return judged(STOP, call.exchange, [], mine.length > 0 && stopped);
}
