import { subjects } from '../../fixtures/subjects/index.ts';
import { subjectsOverSse } from '../../fixtures/subjects/over-sse.ts';
import { stdioSubjects } from '../../fixtures/subjects/over-stdio.ts';
import { packageVersion, whyAbsent } from '../../fixtures/subjects/packages.ts';
import type { RealSubject } from '../../fixtures/subjects/subject.ts';
import type { ServerCommand } from '../../harness/transport/server-process.ts';
import type { Transport } from '../../spec/revisions.ts';

/** A subject made ready: where it is or how it is started, until it is closed. */
export interface Ready {
  readonly url: string;
  /** What is spoken at the URL. */
  readonly transport?: 'streamable-http' | 'http+sse';
  readonly command?: ServerCommand;
  close(): Promise<void>;
}

/** A real server as the field run sees it, whatever it is reached over. */
export interface FieldSubject {
  readonly name: string;
  readonly title: string;
  /** The npm package it is from, with its version where it is installed. */
  readonly source: string;
  readonly transport: Transport;
  /** Why it cannot be started here, or null. */
  readonly absent: string | null;
  ready(): Promise<Ready>;
}

/** Every real server there is. */
export const fieldSubjects: readonly FieldSubject[] = [
  ...overHttp(subjects, 'streamable-http'),
  ...overHttp(subjectsOverSse, 'http+sse'),
  ...Object.entries(stdioSubjects).map(
    ([name, subject]): FieldSubject => ({
      ...shared(name, subject),
      transport: 'stdio',
      ready: async () => {
        const { command, close } = await subject.prepare();
        return { url: name, command, close };
      },
    }),
  ),
];

function overHttp(table: Readonly<Record<string, RealSubject>>, transport: 'streamable-http' | 'http+sse') {
  return Object.entries(table).map(
    ([name, subject]): FieldSubject => ({
      ...shared(name, subject),
      transport,
      ready: async () => ({ transport, ...(await subject.start()) }),
    }),
  );
}

function shared(name: string, { title, package: source }: { readonly title: string; readonly package: string }) {
  return { name, title, source: `${source} ${packageVersion(source) ?? ''}`.trim(), absent: whyAbsent(source) };
}
