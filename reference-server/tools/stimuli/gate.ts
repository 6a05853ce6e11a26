import { ClientFailed } from '../../client/ask.ts';
import { canBeAsked } from '../../client/capabilities.ts';
import { elicitationComplete, visit } from '../../client/questions.ts';
import { ErrorCode, ProtocolError } from '../../envelope/error.ts';
import { factsOf } from '../../revisions.ts';
import type { Session } from '../../sessions/session.ts';
import { changesNothing, defineTool, done } from '../tool.ts';

/** How long the visit takes that nobody makes, in milliseconds. */
const VISIT_TIME = 50;

// Which sessions have been through the error and may pass.
const opened = new WeakSet<Session>();

/** Refuses until the user has visited a URL: a stimulus for whoever tests the error that says so. */
export const assayGate = defineTool({
  name: 'assay_gate',
  title: 'Demand a visit first',
  description:
    'The first call is refused until the user has visited a URL: in revision 2025-11-25 with the error -32042, in 2026-07-28 ' +
    'by asking for it. The next call goes through. Needs a client that can send its user to a URL. Changes nothing.',
  hints: { ...changesNothing, idempotentHint: false },
  properties: {},
  async run(_args, { ask, session, revision, client }) {
    const id = crypto.randomUUID();
    const question = visit('Visit this page to open the gate.', `https://assay.example/gate/${id}`, id);
    if (session === undefined) {
      const { gate } = await ask({ gate: question });
      return done(gate.action === 'accept' ? 'The gate is open.' : 'The gate stays shut.');
    }
    if (opened.delete(session)) return done('The gate is open.');
    if (!factsOf(revision).elicitationIds || !canBeAsked(question, client.capabilities, revision)) {
      throw new ClientFailed('This client cannot send its user to a URL, so the gate stays shut.');
    }
    opened.add(session);
    setTimeout(() => session.push(elicitationComplete(id)), VISIT_TIME).unref();
    throw new ProtocolError(ErrorCode.urlElicitationRequired, 'The user has to visit a URL first.', {
      elicitations: [question.params],
    });
  },
});
