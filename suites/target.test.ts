import { startServerAssay } from '../harness/assay/server-assay.ts';
import { checksAsTests } from './testing/checks-as-tests.ts';
import { runServerSettings } from './testing/target-settings.ts';

const { options, revision, name } = runServerSettings(process.env);

checksAsTests(name, await startServerAssay(options, revision), { failing: ['fail'] });
