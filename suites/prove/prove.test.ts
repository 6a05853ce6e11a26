import { describe, expect, it } from 'vitest';
import { sessionDefects } from '../../fixtures/defects/server/sessions.ts';
import { prove } from './prove.ts';
import { casesOf, harmless, proving, resultOf } from './testing/proving.ts';

const missing = casesOf('session.missing');
const cleanly = { transport: 'streamable-http', revisions: ['2025-03-26', '2025-06-18', '2025-11-25'] } as const;
const served = sessionDefects.filter(({ id }) => id === 'session.missing-served');

/** The faults of a proof, each as its kind and its subject. */
async function faultsOf(given: Parameters<typeof prove>[0]) {
  const { proof, exitCode } = await prove(given);
  return { exitCode, faults: proof.faults.map(({ kind, subject }) => `${kind} ${subject}`), proof };
}

describe('the proof', () => {
  it('holds when the defect is found out by its name', async () => {
    const { exitCode, faults, proof } = await faultsOf(
      proving(served, missing, { clean: { 'the reference server': cleanly } }),
    );
    expect({ exitCode, faults }).toEqual({ exitCode: 0, faults: [] });
    expect(proof.rows.map(({ result }) => result.blames.map(({ requirement }) => requirement))).toEqual([
      ['session.missing-400'],
    ]);
    expect(proof.clean).toHaveLength(3);
  });

  it('does not hold when a defect survives', async () => {
    expect(await faultsOf(proving([harmless({ id: 'survivor' })], missing))).toMatchObject({
      exitCode: 1,
      faults: ['survives survivor at 2025-11-25', 'never-fails session.missing'],
    });
  });

  it('does not hold when a subject cannot be judged', async () => {
    const dumb = harmless({
      id: 'dumb',
      seams: () => ({
        http: { checkMethod: () => ({ kind: 'refusal', status: 404, message: 'Nothing.', code: -32600 }) },
      }),
    });
    const { exitCode, proof } = await faultsOf(proving([dumb], missing, { only: () => true }));
    expect(exitCode).toBe(1);
    expect(proof.faults).toMatchObject([
      { kind: 'survives', message: expect.stringMatching(/^it cannot be judged: /) },
    ]);
  });

  it('does not hold when another requirement is blamed than the defect is named after', async () => {
    const misnamed = served.map((defect) => ({ ...defect, breaks: 'session.terminated-404' }));
    const { exitCode, faults, proof } = await faultsOf(
      proving(misnamed, casesOf('session.missing', 'session.ended.post')),
    );
    expect(exitCode).toBe(1);
    expect(faults).toContain('not-blamed session.missing-served at 2025-11-25');
    expect(faults).toContain('wrongly-blamed session.missing-served at 2025-11-25');
    expect(proof.faults.find(({ kind }) => kind === 'wrongly-blamed')?.message).toContain('session.missing-400');
  });

  it('does not hold when a requirement is judged and no defect breaks it', async () => {
    const both = casesOf('session.missing', 'session.ended.post');
    expect(await faultsOf(proving(served, both))).toMatchObject({
      exitCode: 1,
      faults: ['without-defect session.terminated-404', 'never-fails session.ended.post'],
    });
    const unproven = [{ requirements: ['session.terminated-404'], reason: 'a test' }];
    expect(await faultsOf(proving(served, both, { unproven }))).toMatchObject({ exitCode: 0, faults: [] });
    expect(await faultsOf(proving(served, both, { only: () => true }))).toMatchObject({ exitCode: 0, faults: [] });
  });

  it('does not hold when a clean subject is blamed', async () => {
    const results = [
      resultOf({ kind: 'clean', subject: 'the reference server' }, [{ requirement: 'ping.respond' }]),
      resultOf({ kind: 'clean', subject: 'another' }, [{ requirement: 'session.assign', verdict: 'info' }]),
    ];
    const given = proving(served, missing, { only: () => true, run: () => Promise.resolve(results) });
    expect(await faultsOf(given)).toMatchObject({
      exitCode: 1,
      faults: ['clean-blamed the reference server at 2025-11-25'],
    });
  });

  it('does not hold when the harness fails', async () => {
    const results = [
      { ...resultOf({ subject: 'session.missing-served' }), failures: ['some.check: broken\n  at somewhere'] },
    ];
    const given = proving(served, missing, { run: () => Promise.resolve(results) });
    expect((await faultsOf(given)).faults).toContain('harness-failed session.missing-served at 2025-11-25');
  });
});
