import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../log.ts';
import { SessionStore } from './store.ts';

const client = { name: 'x', version: '1', capabilities: {} };

function setUp(limits: { sessionTtlMs?: number; maxSessions?: number } = {}) {
  let time = 0;
  let ids = 0;
  const logged: LogEntry[] = [];
  const store = new SessionStore({
    sessionTtlMs: 100,
    maxSessions: 2,
    ...limits,
    newId: () => `id${++ids}`,
    now: () => time,
    log: (entry) => logged.push(entry),
  });
  const open = () => store.open('2025-11-25', client);
  return { store, open, logged, wait: (ms: number) => (time += ms) };
}

describe('a store of sessions', () => {
  it('finds a session by its id and by nothing else', () => {
    const { store, open } = setUp();
    const session = open();
    expect(store.find('id1')).toBe(session);
    for (const id of ['', 'id2', 'ID1', '__proto__', 'constructor']) expect(store.find(id)).toBeUndefined();
  });

  it('forgets a session that has been idle for too long, each use beginning anew', () => {
    const { store, open, wait } = setUp();
    open();
    wait(100);
    expect(store.find('id1')).toBeDefined();
    wait(100);
    expect(store.find('id1')).toBeDefined();
    wait(101);
    expect(store.find('id1')).toBeUndefined();
  });

  it('keeps a busy session, however long it takes', () => {
    const { store, open, wait } = setUp();
    const session = open();
    const flight = session?.inFlight.begin(1);
    wait(1000);
    store.sweep();
    expect(store.find('id1')).toBe(session);
    flight?.finish();
    wait(101);
    store.sweep();
    expect(store.size).toBe(0);
  });

  it('makes room by ending the session idle for longest', () => {
    const { store, open, logged } = setUp();
    open();
    open();
    store.find('id1');
    open();
    expect([store.find('id1'), store.find('id2'), store.find('id3')].map(Boolean)).toEqual([true, false, true]);
    expect(logged).toContainEqual({ event: 'session-ended', session: 's2', why: 'evicted' });
  });

  it('has no room when all sessions are busy', () => {
    const { store, open } = setUp();
    open()?.inFlight.begin(1);
    open()?.inFlight.begin(1);
    expect(open()).toBeUndefined();
    expect(store.size).toBe(2);
  });

  it('ends with a session all that hangs on it', () => {
    const { store, open } = setUp();
    const session = open();
    const flight = session?.inFlight.begin(1);
    let ended = 0;
    const stream = {
      number: 1,
      kind: 'listener',
      connected: true,
      ended: false,
      resume: () => {},
      leave: () => {},
    } as const;
    session?.streams.add({ ...stream, send: () => {}, end: () => ended++ });
    store.endAll();
    expect([flight?.reason, ended, store.size]).toEqual(['shutdown', 1, 0]);
    if (session !== undefined) store.touch(session);
    expect(store.find('id1')).toBeUndefined();
  });
});
