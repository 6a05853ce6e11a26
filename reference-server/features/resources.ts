import type { JsonObject } from '../../spec/messages.ts';
import type { Handler } from '../dispatch/context.ts';
import { ErrorCode, ProtocolError } from '../envelope/error.ts';
import type { Catalogue } from '../resources/catalogue.ts';
import type { Resource, ResourceTemplate } from '../resources/resource.ts';
import { factsOf } from '../revisions.ts';
import type { Steps } from '../steps.ts';
import { requireValid, validatorOf } from '../validation.ts';
import type { Feature } from './feature.ts';
import { listHandler } from './listing.ts';

/** What the feature needs. */
export interface ResourcesOptions {
  catalogue: Catalogue;
  pageSize: number;
  steps: Pick<Steps, 'resources' | 'paging'>;
}

/** A client may subscribe to so many resources at once. */
const MOST_SUBSCRIPTIONS = 1000;

const validateUri = validatorOf(
  { type: 'object', required: ['uri'], properties: { uri: { type: 'string' } } },
  'params',
);

/**
 * `resources/list`, `resources/templates/list`, `resources/read` and, in the stateful revisions, `resources/subscribe` and
 * `resources/unsubscribe` (2025-11-25, server/resources).
 */
export function resourcesFeature({ catalogue, pageSize, steps }: ResourcesOptions): Feature {
  const { resources, paging } = steps;
  const list = listHandler<Resource>({
    method: 'resources/list',
    member: 'resources',
    pageSize,
    paging,
    items: (context) => catalogue.list(context),
    describe: (resource, { revision }) => resources.describe(resource, revision),
  });

  const listTemplates = listHandler<ResourceTemplate>({
    method: 'resources/templates/list',
    member: 'resourceTemplates',
    pageSize,
    paging,
    items: () => catalogue.templates,
    describe: (template, { revision }) => resources.describeTemplate(template, revision),
  });

  const read: Handler = async (params, context) => {
    const uri = uriIn(params);
    const contents = await catalogue.read(uri, context);
    if (contents === undefined) throw resources.notFound(uri, factsOf(context.revision).resourceNotFound);
    return { contents };
  };

  const subscribe: Handler = async (params, context) => {
    const uri = uriIn(params);
    const { session, revision } = context;
    if (!(await catalogue.has(uri, context))) {
      throw resources.notFound(uri, factsOf(revision).resourceNotFound);
    }
    if (session !== undefined && session.subscriptions.size >= MOST_SUBSCRIPTIONS) {
      throw new ProtocolError(ErrorCode.invalidParams, `Subscribe to at most ${MOST_SUBSCRIPTIONS} resources at once.`);
    }
    session?.subscriptions.add(uri);
    return {};
  };

  const unsubscribe: Handler = (params, { session }) => {
    session?.subscriptions.delete(uriIn(params));
    return {};
  };

  return {
    capabilities: () => ({ resources: { subscribe: true, listChanged: true } }),
    methods: (revision) => ({
      'resources/list': list,
      'resources/templates/list': listTemplates,
      'resources/read': read,
      ...(factsOf(revision).era === 'stateful'
        ? { 'resources/subscribe': subscribe, 'resources/unsubscribe': unsubscribe }
        : {}),
    }),
  };
}

/** The error for a URI at which there is nothing (server/resources, "Error Handling"). */
export function resourceNotFound(uri: string, code: -32002 | -32602): ProtocolError {
  return new ProtocolError(code, 'There is no such resource.', { uri });
}

function uriIn(params: JsonObject): string {
  requireValid(validateUri, params);
  return String(params.uri);
}
