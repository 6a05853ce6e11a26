import type { Defect, DefectTransport } from '../../fixtures/defects/defect.ts';
import { GUARDED_TOKENS } from '../../fixtures/defects/guarded.ts';
import { startDefective } from '../../fixtures/defects/start.ts';
import { startDefectiveOnStdio } from '../../fixtures/defects/start-on-stdio.ts';
import type { Target } from '../../harness/target/target.ts';

/** What is tried: a server that is put together from these parts. */
export type Subject = Pick<Defect, 'options' | 'seams' | 'wrap' | 'front' | 'concurrency' | 'stimuli'>;

/** A subject that can be judged. */
export interface StartedSubject {
  readonly target: Target;
  close(): Promise<void>;
}

/** Starts a subject over a transport; over stdio each client starts one of its own. */
export async function startSubject(
  transport: DefectTransport,
  subject: Subject,
  userServiceUrl: string,
): Promise<StartedSubject> {
  if (transport === 'stdio') {
    const start = () => startDefectiveOnStdio(subject, userServiceUrl);
    const target = {
      url: 'stdio:',
      credentials: [],
      command: { command: 'reference-server', args: [], env: {}, start },
    };
    return { target, close: () => Promise.resolve() };
  }
  const { url, close } = await startDefective(subject, userServiceUrl, transport);
  const token = subject.options?.authorization?.tokens[0];
  const credentials = token === undefined ? [] : ([['Authorization', `Bearer ${token}`]] as const);
  const tokens = token === undefined ? {} : GUARDED_TOKENS;
  return { target: { url, credentials, tokens, transport: transport === 'sse' ? 'http+sse' : transport }, close };
}
