import { describe, expect, it } from 'vitest';
import { readContext } from './context.ts';
import { scenarioNamed } from './scenarios.ts';

describe('a context', () => {
  it.each([undefined, '', '{}'])('may be empty: %j', (text) => {
    expect(readContext(text)).toEqual({});
  });

  it('may hold revision, time limit, actions and answers', () => {
    const context = {
      name: 'x',
      revision: '2025-06-18',
      timeoutMs: 500,
      actions: [
        { do: 'list-tools', ifOffered: true },
        {
          do: 'call-tool',
          name: 'echo',
          arguments: { text: 'é' },
          progress: true,
          cancelAfterMs: 5,
          expect: 'cancelled',
        },
        { do: 'together', actions: [{ do: 'ping' }, { do: 'together', actions: [{ do: 'pause', ms: 1 }] }] },
        { do: 'open-stream' },
        { do: 'wait', for: 'notification', method: 'notifications/message', timeoutMs: 100 },
      ],
      answers: {
        'roots/list': { result: { roots: [] } },
        'sampling/createMessage': { error: { code: -1, message: 'no' } },
        'elicitation/create': 'accept-defaults',
      },
    };
    expect(readContext(JSON.stringify(context))).toEqual(context);
  });

  it.each([
    ['{', /it is not JSON/],
    ['[]', /at its top: it must be object/],
    ['{"tol":{"name":"x"}}', /at its top: the key "tol" is unknown/],
    ['{"revision":"2024-11-05"}', /at \/revision: .*"2025-11-25"/],
    ['{"timeoutMs":0}', /at \/timeoutMs/],
    ['{"tool":{"nam":"x"}}', /at \/tool/],
    ['{"tool":{"name":"x"},"actions":[]}', /both "tool" and "actions"/],
    [
      '{"actions":[{"do":"ping"},{"do":"list"}]}',
      /at \/actions\/1\/do: there is no action "list"; use one of list-tools, /,
    ],
    ['{"actions":[{"do":"toString"}]}', /there is no action "toString"/],
    ['{"actions":[{"do":"ping","after":3}]}', /at \/actions\/0: the key "after" is unknown/],
    ['{"actions":["ping"]}', /at \/actions\/0: it must be object/],
    ['{"actions":[{"do":"call-tool"}]}', /at \/actions\/0: it must have required properties name/],
    ['{"actions":[{"do":"ping","expect":"success"}]}', /at \/actions\/0\/expect: .*"timeout"/],
    ['{"actions":[{"do":"together","actions":[{"do":"wait","for":"godot"}]}]}', /at \/actions\/0\/actions\/0\/for/],
    ['{"answers":{"roots/lists":{}}}', /the key "roots\/lists" is unknown/],
    ['{"answers":{"roots/list":{"roots":[]}}}', /at \/answers\/roots~1list/],
  ])('cannot be %s', (text, complaint) => {
    expect(() => readContext(text)).toThrow(complaint);
  });
});

describe('a scenario', () => {
  it('lists the tools, if there are any, when its name is unknown or missing', () => {
    const listing = { actions: [{ do: 'list-tools', ifOffered: true }], answers: {} };
    expect(scenarioNamed(undefined, {})).toEqual(listing);
    expect(scenarioNamed('http.accept', {})).toEqual(listing);
    expect(scenarioNamed('constructor', {})).toEqual(listing);
  });

  it('calls the tool of its context in place of its own', () => {
    const tool = { name: 'echo', arguments: { text: 'a' } };
    const actions = [{ do: 'list-tools' }, { do: 'call-tool', name: 'echo', arguments: { text: 'a' } }];
    expect(scenarioNamed('tools_call', { tool })).toEqual({ actions, answers: {} });
    expect(scenarioNamed('anything', { tool }).actions).toEqual(actions);
    expect(scenarioNamed('tools_call', {}).actions[1]).toMatchObject({ name: 'add_numbers' });
  });

  it('has the actions of its context in place of its own, and its answers besides', () => {
    const context = readContext('{"actions":[{"do":"ping"}],"answers":{"roots/list":{"result":{"roots":[]}}}}');
    expect(scenarioNamed('elicitation-sep1034-client-defaults', context)).toEqual({
      actions: [{ do: 'ping' }],
      answers: { 'elicitation/create': 'accept-defaults', 'roots/list': { result: { roots: [] } } },
    });
  });
});
