/** All topics together: the one source of the JSON Schema documents and of the TypeScript types. */

import type { Static, TProperties } from 'typebox';
import type { REVISIONS, Revision } from '../revisions.ts';
import { caching } from './caching.ts';
import { capabilities } from './capabilities.ts';
import { completions } from './completion.ts';
import { content } from './content.ts';
import { directions } from './directions.ts';
import { elicitation } from './elicitation.ts';
import { elicitationFields } from './elicitation-fields.ts';
import { errors } from './errors.ts';
import { inputRequired } from './input-required.ts';
import { jsonRpc } from './json-rpc.ts';
import type { Layered, Topic } from './layers.ts';
import { lifecycle } from './lifecycle.ts';
import { logging } from './logging.ts';
import { meta } from './meta.ts';
import { pagination } from './pagination.ts';
import { progress } from './progress.ts';
import { prompts } from './prompts.ts';
import { resources } from './resources.ts';
import { roots } from './roots.ts';
import { sampling } from './sampling.ts';
import { subscriptions } from './subscriptions.ts';
import { tasks } from './tasks.ts';
import { tools } from './tools.ts';

export const TOPICS = [
  jsonRpc,
  errors,
  meta,
  lifecycle,
  capabilities,
  content,
  pagination,
  caching,
  tools,
  resources,
  prompts,
  completions,
  logging,
  progress,
  sampling,
  elicitation,
  elicitationFields,
  roots,
  inputRequired,
  tasks,
  subscriptions,
  directions,
] as const satisfies readonly Topic[];

type UnionToIntersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (
  member: infer Intersection,
) => void
  ? Intersection
  : never;
type Source = UnionToIntersection<(typeof TOPICS)[number]>;

type UpTo<Last extends Revision, Rest extends readonly unknown[] = typeof REVISIONS> = Rest extends readonly [
  infer First extends Revision,
  ...infer Later,
]
  ? First extends Last
    ? [Source[First]]
    : [Source[First], ...UpTo<Last, Later>]
  : [];

type Schemas<In extends Revision> = Layered<UpTo<In>>;

/** The names of the definitions of a revision, those that its official schema leaves unnamed included. */
export type DefinitionName<In extends Revision = '2025-11-25'> = keyof Schemas<In> & string;

/**
 * The TypeScript type of a definition: `TypeOf<'CallToolResult'>`, or of another revision
 * `TypeOf<'CallToolResult', '2026-07-28'>`. Requests and notifications have their JSON-RPC envelope in every revision.
 */
export type TypeOf<Name extends DefinitionName<In>, In extends Revision = '2025-11-25'> =
  Schemas<In> extends infer Context extends TProperties ? Static<Context[Name], Context> : never;
