import Type from 'typebox';
import { alters, type Topic } from './layers.ts';
import { mapOf, optionalBoolean, optionalRef } from './shapes.ts';

/** A capability without options. */
const bare = optionalRef('JSONObject');
const named = Type.Optional(mapOf(Type.Ref('JSONObject')));
const listChanged = Type.Optional(Type.Object({ listChanged: optionalBoolean }));

/** What can be done with tasks, whatever request started them (2025-11-25). */
const taskCapability = { list: bare, cancel: bare };

/** What client and server say they can do (page `basic/lifecycle`, capability negotiation). */
export const capabilities = {
  '2024-11-05': {
    ClientCapabilities: Type.Object({ experimental: named, roots: listChanged, sampling: bare }),
    ServerCapabilities: Type.Object({
      experimental: named,
      logging: bare,
      prompts: listChanged,
      resources: Type.Optional(Type.Object({ subscribe: optionalBoolean, listChanged: optionalBoolean })),
      tools: listChanged,
    }),
  },
  '2025-03-26': { ServerCapabilities: alters({ completions: bare }) },
  '2025-06-18': { ClientCapabilities: alters({ elicitation: bare }) },
  '2025-11-25': {
    ClientCapabilities: alters({
      sampling: Type.Optional(Type.Object({ context: bare, tools: bare })),
      elicitation: Type.Optional(Type.Object({ form: bare, url: bare })),
      tasks: Type.Optional(
        Type.Object({
          ...taskCapability,
          requests: Type.Optional(
            Type.Object({
              sampling: Type.Optional(Type.Object({ createMessage: bare })),
              elicitation: Type.Optional(Type.Object({ create: bare })),
            }),
          ),
        }),
      ),
    }),
    ServerCapabilities: alters({
      tasks: Type.Optional(
        Type.Object({
          ...taskCapability,
          requests: Type.Optional(Type.Object({ tools: Type.Optional(Type.Object({ call: bare })) })),
        }),
      ),
    }),
  },
  '2026-07-28': {
    ClientCapabilities: alters({ extensions: named, roots: Type.Optional(Type.Object({})) }, 'tasks'),
    ServerCapabilities: alters({ extensions: named }, 'tasks'),
  },
} satisfies Topic;
