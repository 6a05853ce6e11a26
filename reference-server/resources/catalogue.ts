import type { ResourceContents } from '../content/content.ts';
import type { RequestContext } from '../dispatch/context.ts';
import type { Resource, ResourceSource, ResourceTemplate } from './resource.ts';

/** All resources there are, wherever they come from. */
export interface Catalogue {
  templates: readonly ResourceTemplate[];
  list(context: RequestContext): Promise<Resource[]>;
  /** Whether there is a resource at a URI. */
  has(uri: string, context: RequestContext): Promise<boolean>;
  /** What a resource holds; undefined when there is none at the URI. */
  read(uri: string, context: RequestContext): Promise<ResourceContents[] | undefined>;
}

/** Joins sources. `extra` is the resource that comes and goes. */
export function createCatalogue(sources: readonly ResourceSource[], extra: Resource): Catalogue {
  const templates = sources.flatMap((source) => source.templates);
  const list = async ({ audience }: RequestContext): Promise<Resource[]> => {
    const lists = await Promise.all(sources.map((source) => source.list()));
    return [...lists.flat(), ...(audience.hasExtra('resources') ? [extra] : [])];
  };
  return {
    templates,
    list,
    async has(uri, context) {
      for (const template of templates) if (await template.has(uri)) return true;
      return (await list(context)).some((resource) => resource.uri === uri);
    },
    async read(uri, context) {
      for (const template of templates) {
        const contents = await template.read(uri, context);
        if (contents !== undefined) return contents;
      }
      return (await list(context)).find((resource) => resource.uri === uri)?.read(context);
    },
  };
}
