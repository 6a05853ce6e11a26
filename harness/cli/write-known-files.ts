import { writeFileSync } from 'node:fs';
import { knownFilesPath } from '../../spec/known-content.ts';
import { knownFiles } from './known-files.ts';

/** The last step of a build. */
writeFileSync(knownFilesPath, JSON.stringify(knownFiles()));
