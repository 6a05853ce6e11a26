import type { Transport } from '../../spec/revisions.ts';
import type { Outcome } from '../judge/outcome.ts';
import { type Call, conversationOf, type Session } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { type Breach, condensed, judged, sameJson, show } from './outcomes.ts';
import { callsWithToken, isLater, isTask, type Progress, progressIn, responseTo, tokenOf } from './progress.ts';
import { isResuming, type TargetMessage } from './target-messages.ts';

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
  const lateness = calls.map((call) => howLate(call, one, session, transport));
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
function howLate(call: Call, one: Progress, session: Session, transport: Transport): ReturnType<typeof isLater> {
  const response = isTask(call) ? undefined : responseTo(call);
  if (!response) return 'no';
  const late = isLater(one.said, response, transport);
  return late === 'no' && isLeftOver(one, response, session, transport) ? 'likely' : late;
}

/**
 * Whether progress came on another stream than the response, after it, though the progress before it came on that of the
 * response: the server had that stream no more.
 */
function isLeftOver({ said, token }: Progress, response: TargetMessage, session: Session, transport: Transport) {
  if (said.exchange === response.exchange || said.message.at <= response.message.at) return false;
  if (transport !== 'streamable-http' || isResuming(said.exchange)) return false;
  const mine = progressIn(session, transport).filter((one) => sameJson(one.token, token));
  return mine.some((one) => one.said.exchange === response.exchange);
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
