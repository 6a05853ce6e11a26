import { type Audience, type Change, changeNotification, createAudience } from '../audience/audience.ts';
import { Outgoing } from '../client/outgoing.ts';
import type { Level } from '../client/tell.ts';
import type { ClientFacts, ServerMessage } from '../dispatch/context.ts';
import { InFlight } from '../dispatch/in-flight.ts';
import { factsOf, type Revision } from '../revisions.ts';
import { StreamRegistry } from '../sse/registry.ts';
import { statusNotification } from '../tasks/describe.ts';
import { TaskStore } from '../tasks/store.ts';

/** One client's conversation, from `initialize` to its end (2025-11-25, basic/lifecycle). */
export interface Session {
  /** The secret by which the client names it. Never logged. */
  readonly id: string;
  /** A short name for logs, worthless to whoever reads it there. */
  readonly label: string;
  /** Negotiated in `initialize`; decides every rule that differs between revisions. */
  readonly revision: Revision;
  readonly client: ClientFacts;
  readonly inFlight: InFlight;
  /** What the server has asked the client and not been told yet. */
  readonly outgoing: Outgoing;
  /** The SSE streams it has had, as far as they can still be of use. */
  readonly streams: StreamRegistry;
  /** The URIs of the resources whose updates the client wants to hear of. */
  readonly subscriptions: Set<string>;
  /** This one client. */
  readonly audience: Audience;
  readonly tasks: TaskStore;
  /** The least severe log messages that the client wants. */
  logLevel: Level;
  /** Whether the client has sent `notifications/initialized`; before that the server sends no request of its own. */
  initialized: boolean;
  /** Called when it sends that notification. */
  readonly whenInitialized: Set<() => void>;
  /** Milliseconds since the epoch. */
  lastUsed: number;
  /** Whether it hangs on a connection that is open, on those transports where the connection is the session. */
  connected: boolean;
  /** Sends what belongs to no request. The transport says how. */
  push: (message: ServerMessage) => void;
}

/** What a session tells its client of changes by. */
export interface ChangeSteps {
  changeNotification: typeof changeNotification;
  statusNotification: typeof statusNotification;
  concerns: typeof concerns;
}

/** What is sent to a client that has not said what it wants to hear: the specification leaves that to the server. */
const DEFAULT_LOG_LEVEL: Level = 'info';

/** A new session. What it pushes waits until a stream can carry it, unless a transport with another way sets `push`. */
export function createSession(
  id: string,
  label: string,
  revision: Revision,
  client: ClientFacts,
  now: number,
  changes: ChangeSteps = { changeNotification, statusNotification, concerns },
): Session {
  const streams = new StreamRegistry();
  const session: Session = {
    id,
    label,
    revision,
    client,
    inFlight: new InFlight(),
    outgoing: new Outgoing(),
    streams,
    subscriptions: new Set(),
    audience: createAudience((change) => {
      if (changes.concerns(session, change)) session.push(changes.changeNotification(change));
    }),
    tasks: new TaskStore(),
    logLevel: DEFAULT_LOG_LEVEL,
    initialized: false,
    whenInitialized: new Set(),
    lastUsed: now,
    connected: false,
    push: (message) => streams.push(message),
  };
  if (factsOf(revision).tasks === 'core')
    session.tasks.onChange((task) => session.push(changes.statusNotification(task)));
  return session;
}

/** Whether the client of a session wants to hear of a change: of lists always, of resources if it has subscribed. */
export function concerns({ subscriptions }: Session, change: Change): boolean {
  return change.kind === 'list' || subscriptions.has(change.uri);
}

/** Whether a client is waiting for something right now. A busy session is not idle, however long it takes. */
export function isBusy(session: Session): boolean {
  return session.inFlight.size > 0 || session.streams.listening || session.connected;
}

/** Ends all that hangs on a session: what is in flight has been stopped before. */
export function releaseSession(session: Session): void {
  session.outgoing.failAll('The session has ended.');
  session.tasks.clear();
  session.streams.endAll();
}

/** Settles once the client has said that it is initialized. */
export function initializedOf(session: Session): Promise<void> {
  if (session.initialized) return Promise.resolve();
  return new Promise((resolve) => session.whenInitialized.add(resolve));
}

/** A session id nobody can guess: 122 random bits, visible ASCII only ("Session Management", item 1). */
export function newSessionId(): string {
  return crypto.randomUUID();
}
