import type { Json } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { type Breach, judged, show } from './outcomes.ts';

/** What the answer to initialize has to say of the server (lifecycle, initialization). */
export const lifecycleInitialize: Invariant = {
  id: 'invariant.lifecycle.initialize',
  title: 'the result of initialize states version, capabilities and serverInfo',
  occasion: 'a result of initialize',
  requires: ['lifecycle.init.server-response'],
  judge: (view) =>
    conversationOf(view)
      .sessions.flatMap(({ openings }) => openings)
      .flatMap(({ exchange, result }) => judged('lifecycle.init.server-response', exchange, gapsIn(result), true)),
};

function gapsIn(result: Json): Breach[] {
  if (!isObject(result)) {
    return [
      { message: `the result of initialize must be an object, was ${show(result)}`, path: 'result', actual: result },
    ];
  }
  const { protocolVersion, capabilities, serverInfo } = result;
  const info = isObject(serverInfo) ? serverInfo : null;
  return [
    ...(typeof protocolVersion === 'string' ? [] : [gap('protocolVersion', 'a string', protocolVersion)]),
    ...(isObject(capabilities) ? [] : [gap('capabilities', 'an object', capabilities)]),
    ...(info ? [] : [gap('serverInfo', 'an object', serverInfo)]),
    ...(info && typeof info.name !== 'string' ? [gap('serverInfo.name', 'a string', info.name)] : []),
    ...(info && typeof info.version !== 'string' ? [gap('serverInfo.version', 'a string', info.version)] : []),
  ];
}

function gap(member: string, wanted: string, actual: Json | undefined): Breach {
  return {
    message: `the result of initialize must have ${member}, ${wanted}; it has ${show(actual)}`,
    path: `result.${member}`,
    actual,
  };
}
