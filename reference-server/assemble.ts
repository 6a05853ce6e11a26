import type { JsonObject } from '../spec/messages.ts';
import { completionFeature } from './features/completion.ts';
import type { Feature } from './features/feature.ts';
import { loggingFeature } from './features/logging.ts';
import { promptsFeature } from './features/prompts.ts';
import { resourcesFeature } from './features/resources.ts';
import { tasksFeature } from './features/tasks.ts';
import { toolsFeature } from './features/tools.ts';
import { fixturePrompts } from './fixtures/prompts.ts';
import { fixtureResources } from './fixtures/resources.ts';
import { fixtureTools } from './fixtures/tools.ts';
import type { Settings } from './options.ts';
import { allPrompts, extraPrompt } from './prompts/collection.ts';
import { createProtocol, type StatefulProtocol } from './protocol.ts';
import { type Catalogue, createCatalogue } from './resources/catalogue.ts';
import { documents, extraResource } from './resources/documents.ts';
import { folderSource } from './resources/folder.ts';
import { type Revision, revisionsFor, type Transport } from './revisions.ts';
import { createStatelessProtocol, type StatelessProtocol } from './stateless/protocol.ts';
import type { Steps } from './steps.ts';
import { runCallIn } from './tasks/run-call.ts';
import { createRateLimit } from './tools/rate-limit.ts';
import { assayExtra } from './tools/stimuli/change-lists.ts';
import { createUserService } from './tools/users/service.ts';

/** What a server offers, whatever the revision and the transport. */
export interface Offer {
  features: readonly Feature[];
  catalogue: Catalogue;
  inputSchemaOf: (tool: string) => JsonObject | undefined;
}

/** Puts together what a server offers. */
export function createOffer(settings: Settings, steps: Steps): Offer {
  const { pageSize, fixtures, resourceFolder, toolCallsPerSecond } = settings;
  const userService = createUserService(settings.userServiceUrl, settings.userServiceTimeoutMs);
  const tools = [...steps.tools.allTools(userService), ...(fixtures ? fixtureTools : [])];
  const prompts = [...allPrompts, ...(fixtures ? fixturePrompts : [])];
  const sources = [
    documents,
    ...(fixtures ? [fixtureResources] : []),
    ...(resourceFolder === undefined ? [] : [folderSource(resourceFolder, steps.resources)]),
  ];
  const catalogue = createCatalogue(sources, extraResource);
  const schemas = new Map(tools.map((tool) => [tool.name, tool.inputSchema]));
  return {
    catalogue,
    inputSchemaOf: (tool) => schemas.get(tool),
    features: [
      toolsFeature({
        tools,
        extra: assayExtra,
        pageSize,
        rateLimit: createRateLimit(toolCallsPerSecond),
        runCall: (revision) => runCallIn(revision, steps),
        steps,
      }),
      resourcesFeature({ catalogue, pageSize, steps }),
      promptsFeature({ prompts, extra: extraPrompt, pageSize, steps }),
      completionFeature({
        prompts,
        templates: catalogue.templates,
        rateLimit: createRateLimit(toolCallsPerSecond),
        steps,
      }),
      loggingFeature,
      tasksFeature({ pageSize, steps }),
    ],
  };
}

/** The stateful revisions over a transport; undefined when none of those to accept can be spoken over it. */
export function statefulProtocol(
  transport: Transport,
  { features }: Offer,
  { revisions, askTimeoutMs, log }: Settings,
  steps: Steps,
): StatefulProtocol | undefined {
  const [newest, ...older]: readonly Revision[] = revisionsFor(revisions, 'stateful', transport);
  if (newest === undefined) return undefined;
  return createProtocol({ features, revisions: [newest, ...older], steps, askTimeoutMs, log });
}

/** The stateless revisions over a transport; undefined in the same case. */
export function statelessProtocol(
  transport: Transport,
  { features, catalogue }: Offer,
  { revisions, maxSessions, log }: Settings,
  steps: Steps,
): StatelessProtocol | undefined {
  const stateless = revisionsFor(revisions, 'stateless', transport);
  if (stateless.length === 0) return undefined;
  const all = revisions.filter(
    (revision) => stateless.includes(revision) || revisionsFor([revision], 'stateful', transport).length > 0,
  );
  const mostSubscriptions = maxSessions;
  return createStatelessProtocol({ features, catalogue, all, revisions: stateless, mostSubscriptions, steps, log });
}
