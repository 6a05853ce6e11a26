import { holdsAgainst } from '../../invariants/testing/table.ts';
import { notification, opened, request, result } from '../../invariants/testing/trace-builder.ts';
import { capabilities } from './capabilities.ts';

const revision = '2025-11-25';
const RULE = 'lifecycle.op.negotiated-capabilities #2';
const using = (method: string) => ({ sent: request(1, method), json: result(1) });
const rows = [
  ['tools/list', { tools: {} }, { prompts: {} }],
  ['prompts/get', { prompts: {} }, {}],
  ['resources/read', { resources: {} }, {}],
  ['resources/subscribe', { resources: { subscribe: true } }, { resources: {} }],
  ['completion/complete', { completions: {} }, { tools: {} }],
  ['logging/setLevel', { logging: {} }, {}],
] as const;

holdsAgainst(capabilities, [
  ...rows.flatMap(([method, offers, lacking]) => [
    {
      shows: `${method} where it is offered`,
      exchanges: [opened({ revision, offers }), using(method)],
      says: [`kept ${RULE}`],
    },
    {
      shows: `${method} where it is not`,
      exchanges: [opened({ revision, offers: lacking }), using(method)],
      says: [`broken ${RULE} (warn)`],
    },
  ]),
  {
    shows: 'news of roots that were declared so',
    exchanges: [
      opened({ revision, declares: { roots: { listChanged: true } } }),
      { sent: notification('notifications/roots/list_changed') },
    ],
    says: [`kept ${RULE}`],
  },
  {
    shows: 'news of roots that were not',
    exchanges: [
      opened({ revision, declares: { roots: {} } }),
      { sent: notification('notifications/roots/list_changed') },
    ],
    says: [`broken ${RULE}`],
  },
  { shows: 'silence on what needs none', exchanges: [opened({ revision }), using('ping')], says: [] },
  { shows: 'silence before a session is open', exchanges: [using('tools/list')], says: [] },
]);
