import { join } from 'node:path';
import { packageRoot } from '../../spec/package-root.ts';
import { measure } from './measure.ts';
import { loader } from './reference.ts';
import type { Section } from './section.ts';

/** The reference server under the load of many clients: 30 seconds, 200 sessions. */
export async function benchLoad(): Promise<Section> {
  const script = join(packageRoot, 'reference-server/bench.ts');
  const { output } = await measure(process.execPath, ['--expose-gc', '--import', loader, script, '30', '200']);
  const rows = output.split('\n').flatMap((line) => (line.trim() ? [{ said: line.trim() }] : []));
  return { title: 'the reference server under load', rows };
}
