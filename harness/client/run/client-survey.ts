import type { Json } from '../../../spec/messages.ts';
import { factsOf, isRevision, REVISIONS, type Revision } from '../../../spec/revisions.ts';
import type { Trace } from '../../trace/trace.ts';
import { type ClientFacts, factsFrom, goesOn } from '../judge/client-facts.ts';
import type { ServerScript } from '../script/server-script.ts';
import { type ClientSetting, clientTraceHeader, runClientCase } from './run-client-case.ts';
import { actionsOf } from './scenario-actions.ts';
import { whyHopeless } from './why-hopeless.ts';

/** What the harness learned of a client before judging it. */
export type ClientSurvey =
  | {
      readonly kind: 'judgeable';
      readonly revision: Revision;
      readonly facts: ClientFacts;
      readonly answerAs: ClientSetting['answerAs'];
      /** What the placeholders of cases may name. */
      readonly variables: { readonly [name: string]: Json };
      readonly trace: Trace;
      /** All traces of the survey, to be judged like any others. */
      readonly traces: readonly Trace[];
    }
  | { readonly kind: 'hopeless'; readonly reason: string; readonly trace: Trace; readonly traces: readonly Trace[] };

/** The revisions that can be judged over Streamable HTTP with a handshake, newest first. */
const CANDIDATES = REVISIONS.filter(
  (revision) => factsOf(revision).era === 'stateful' && factsOf(revision).transports.includes('streamable-http'),
).reverse();

const NEWEST: Revision = CANDIDATES[0] ?? '2025-11-25';

/** An undemanding server, with a second page of tools that a client may fetch. */
const SERVER: ServerScript = { pages: [{ tools: 2, nextCursor: 'assay-page-2' }, { tools: 1 }] };

const SCENARIO = 'tools_call';

/**
 * Starts a client twice against a server that makes no trouble, once answering in JSON and once in event streams, and sees
 * whether it can be judged, at which revision, and what it does of itself. With a revision it insists on that one, without
 * it takes the one that the client offers.
 */
export async function surveyClient(
  setting: Pick<ClientSetting, 'start' | 'name' | 'limits'>,
  wanted: Revision | null,
): Promise<ClientSurvey> {
  const judging = wanted ?? NEWEST;
  if (!CANDIDATES.includes(judging)) return unknownRevision(judging, setting.name);
  // a client that takes actions shows it by the ping, which none does of itself at this place
  const context = { actions: [...(actionsOf(SCENARIO).actions ?? []), { do: 'ping' }] };
  const server = wanted ? SERVER : { ...SERVER, version: 'offered' };
  const look = (id: string, answerAs: ClientSetting['answerAs']) =>
    runClientCase(
      { id, scenario: SCENARIO, context, server },
      { ...setting, answerAs, revision: judging, variables: {} },
    );
  const [plain, streams] = await Promise.all([look('survey', 'json'), look('survey.streams', 'stream')]);
  const traces = [plain.trace, streams.trace];
  const hopeless = (reason: string): ClientSurvey => ({ kind: 'hopeless', reason, trace: plain.trace, traces });
  const problem = whyHopeless(plain, setting.limits);
  if (problem !== null) return hopeless(problem);
  const answerAs = goesOn(plain.trace) || !goesOn(streams.trace) ? 'json' : 'stream';
  const shown = answerAs === 'json' ? plain.trace : streams.trace;
  const facts = factsFrom(shown, streams.trace);
  const revision = wanted ?? (facts.offers !== null && isCandidate(facts.offers) ? facts.offers : null);
  if (revision === null || !goesOn(shown)) return hopeless(whyNotSpoken(facts, wanted));
  const trace = atRevision(shown, revision);
  return {
    kind: 'judgeable',
    revision,
    facts,
    answerAs,
    variables: { client: { ...facts } },
    trace,
    traces: traces.map((one) => atRevision(one, revision)),
  };
}

/** A trace with the revision that its own traffic showed to be the one to judge by. */
function atRevision(trace: Trace, revision: Revision): Trace {
  const variables = { ...trace.header.variables, revision };
  return { ...trace, header: { ...trace.header, revision, variables } };
}

function unknownRevision(revision: Revision, name: string): ClientSurvey {
  const header = clientTraceHeader('survey', { name, revision, variables: {} });
  const reason = `clients cannot be judged at revision ${revision} yet; choose one of ${CANDIDATES.join(', ')}`;
  return { kind: 'hopeless', reason, trace: { header, events: [] }, traces: [] };
}

function isCandidate(text: string): text is Revision {
  return isRevision(text) && CANDIDATES.includes(text);
}

function whyNotSpoken({ offers }: ClientFacts, wanted: Revision | null): string {
  const offer = `it offers protocolVersion ${JSON.stringify(offers)}`;
  if (wanted && offers !== wanted) {
    return `it does not speak revision ${wanted}: ${offer}, and goes no further when it is answered with ${wanted}`;
  }
  if (offers !== null && isCandidate(offers)) return `${offer} and goes no further when that is accepted`;
  return `${offer}, which cannot be judged over Streamable HTTP; choose another with --revision`;
}
