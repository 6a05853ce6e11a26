import { join } from 'node:path';
import { type Catalogue, catalogue } from './catalogue.ts';
import { fileSchema, readDataFile } from './data-file.ts';
import { packageRoot } from './package-root.ts';
import { REVISIONS, type Revision } from './revisions.ts';

/** A point where the specification can be read in several ways, with the reading that is taken here. */
export interface Ambiguity {
  readonly id: string;
  readonly title: string;
  /** What the specification leaves open. */
  readonly question: string;
  readonly reading: string;
  readonly why: string;
  /** The requirements that it touches. */
  readonly requirements: readonly string[];
  /** Pages with their anchors, below the folder of each revision. */
  readonly sources: Partial<Record<Revision, readonly string[]>>;
}

interface AmbiguityFile {
  readonly ambiguities: readonly Ambiguity[];
}

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', minItems: 1, items: text };
const validate = fileSchema<AmbiguityFile>({
  type: 'object',
  additionalProperties: false,
  required: ['ambiguities'],
  properties: {
    ambiguities: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'title', 'question', 'reading', 'why', 'requirements', 'sources'],
        properties: {
          id: { type: 'string', pattern: '^ambiguity\\.[a-z0-9-]+$' },
          title: text,
          question: text,
          reading: text,
          why: text,
          requirements: texts,
          sources: {
            type: 'object',
            minProperties: 1,
            additionalProperties: false,
            properties: Object.fromEntries(REVISIONS.map((revision) => [revision, texts])),
          },
        },
      },
    },
  },
});

/** The project's list of ambiguities. */
export function ambiguities(): readonly Ambiguity[] {
  return readAmbiguities(join(packageRoot, 'spec/ambiguities.yaml'), catalogue());
}

/**
 * Reads a file of ambiguities.
 *
 * @throws DataFileError for an unknown key, a duplicate id or a requirement that does not exist
 */
export function readAmbiguities(path: string, requirements: Catalogue): readonly Ambiguity[] {
  const file = readDataFile(path, validate);
  const taken = new Set<string>();
  for (const [index, { id, requirements: touched }] of file.content.ambiguities.entries()) {
    if (taken.has(id)) throw file.error(['ambiguities', index, 'id'], `the id "${id}" is already taken`);
    taken.add(id);
    for (const [place, requirement] of touched.entries()) {
      if (requirements.get(requirement)) continue;
      throw file.error(['ambiguities', index, 'requirements', place], `unknown requirement "${requirement}"`);
    }
  }
  return file.content.ambiguities;
}
