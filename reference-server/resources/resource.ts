import type { JsonObject } from '../../spec/messages.ts';
import { type Annotations, annotationsFor, type ResourceContents } from '../content/content.ts';
import type { RequestContext } from '../dispatch/context.ts';
import { factsOf, type Revision } from '../revisions.ts';

/** What is known of a resource before it is read. */
export interface ResourceFacts {
  /** Short, unique among the resources of a list. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly mimeType: string;
  readonly annotations?: Annotations;
}

/** One resource at one URI (server/resources). */
export interface Resource extends ResourceFacts {
  readonly uri: string;
  /** In bytes, if known. */
  readonly size?: number;
  read(context: RequestContext): ResourceContents[] | Promise<ResourceContents[]>;
}

/** Many resources at URIs of one form (server/resources, "Resource Templates"; RFC 6570). */
export interface ResourceTemplate extends ResourceFacts {
  readonly uriTemplate: string;
  /** The values of its variables, for completion: all that begin with a text, or may. */
  readonly values: Readonly<Record<string, (given: JsonObject) => readonly string[] | Promise<readonly string[]>>>;
  /** Whether there is something at a URI, so far as that can be told without reading it. */
  has(uri: string): boolean | Promise<boolean>;
  /** The contents at a URI; undefined when the URI is not of this form or there is nothing there. */
  read(uri: string, context: RequestContext): Promise<ResourceContents[] | undefined> | ResourceContents[] | undefined;
}

/** Where resources come from. */
export interface ResourceSource {
  list(): readonly Resource[] | Promise<readonly Resource[]>;
  readonly templates: readonly ResourceTemplate[];
}

/** A resource as `resources/list` shows it, with the members that the revision knows (schema, `Resource`). */
export function describeResource(resource: Resource, revision: Revision): JsonObject {
  const { uri, size } = resource;
  return { uri, ...describeFacts(resource, revision), ...(size === undefined ? {} : { size }) };
}

/** A template as `resources/templates/list` shows it (schema, `ResourceTemplate`). */
export function describeTemplate(template: ResourceTemplate, revision: Revision): JsonObject {
  return { uriTemplate: template.uriTemplate, ...describeFacts(template, revision) };
}

function describeFacts(
  { name, title, description, mimeType, annotations }: ResourceFacts,
  revision: Revision,
): JsonObject {
  return {
    name,
    ...(factsOf(revision).titles ? { title } : {}),
    description,
    mimeType,
    ...(annotations === undefined ? {} : { annotations: annotationsFor(annotations, revision) }),
  };
}
