import type { Level, Side } from './catalogue.ts';
import { fileSchema } from './data-file.ts';
import { REVISIONS, type Revision } from './revisions.ts';

/** Who a requirement binds. */
export const ROLES = [
  'server',
  'client',
  'both',
  'authorization-server',
  'intermediary',
  'host/user',
  'spec-author',
] as const;

/** One requirement as it stands in a file of `spec/requirements/`. */
export interface RequirementEntry {
  id: string;
  level: Level;
  role: (typeof ROLES)[number];
  text: string;
  observe: 'none' | Partial<Record<Side, 'wire' | 'stimulus'>>;
  stimulus?: string;
  unobservable?: string;
  revisions: Partial<Record<Revision, string[]>>;
  changes?: Partial<Record<Revision, { level?: Level; role?: (typeof ROLES)[number] }>>;
}

/** A file of `spec/requirements/`: the requirements of one area. */
export interface CatalogueFile {
  area: string;
  requirements: RequirementEntry[];
}

const level = { enum: ['MUST', 'SHOULD', 'MAY'] };
const role = { enum: [...ROLES] };
const perRevision = (value: object) => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(REVISIONS.map((revision) => [revision, value])),
});

/** Holds a file of `spec/requirements/` against its shape. */
export const validateCatalogueFile = fileSchema<CatalogueFile>({
  type: 'object',
  additionalProperties: false,
  required: ['area', 'requirements'],
  properties: {
    area: { type: 'string' },
    requirements: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'level', 'role', 'text', 'observe', 'revisions'],
        properties: {
          id: { type: 'string', pattern: '^[a-zA-Z0-9-]+([._][a-zA-Z0-9-]+)+$' },
          level,
          role,
          text: { type: 'string', pattern: '^(MUST|SHOULD|MAY)' },
          observe: {
            anyOf: [
              { const: 'none' },
              {
                type: 'object',
                additionalProperties: false,
                minProperties: 1,
                properties: Object.fromEntries(ROLES.map((name) => [name, { enum: ['wire', 'stimulus'] }])),
              },
            ],
          },
          stimulus: { type: 'string' },
          unobservable: { type: 'string' },
          revisions: { ...perRevision({ type: 'array', minItems: 1, items: { type: 'string' } }), minProperties: 1 },
          changes: perRevision({ type: 'object', additionalProperties: false, properties: { level, role } }),
        },
      },
    },
  },
});
