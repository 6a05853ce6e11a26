import type { Json, JsonObject } from '../../spec/messages.ts';
import { isLevel, LEVELS, type Level } from '../client/tell.ts';
import type { ClientFacts } from '../dispatch/context.ts';
import { ErrorCode, ProtocolError } from '../envelope/error.ts';
import { isObject } from '../envelope/message.ts';

/** The members of `_meta` that carry the protocol (2026-07-28, basic, "_meta"). */
export const META = {
  protocolVersion: 'io.modelcontextprotocol/protocolVersion',
  clientInfo: 'io.modelcontextprotocol/clientInfo',
  clientCapabilities: 'io.modelcontextprotocol/clientCapabilities',
  logLevel: 'io.modelcontextprotocol/logLevel',
  serverInfo: 'io.modelcontextprotocol/serverInfo',
  subscriptionId: 'io.modelcontextprotocol/subscriptionId',
} as const;

/** What a request says of itself and its client. */
export interface RequestMeta {
  /** The revision it names, known or not. */
  version: string;
  client: ClientFacts;
  /** The least severe log messages that the client wants with this request; undefined for none. */
  logLevel: Level | undefined;
}

/** Whether the params of a request say that it belongs to the stateless revisions. */
export function isStateless(params: JsonObject | undefined): boolean {
  return isObject(params?._meta) && Object.hasOwn(params._meta, META.protocolVersion);
}

/**
 * Reads what every request has to carry (2026-07-28, basic, "_meta").
 *
 * @throws ProtocolError -32602 that names every fault
 */
export function readMeta(params: JsonObject): RequestMeta {
  const meta = isObject(params._meta) ? params._meta : {};
  const version = meta[META.protocolVersion];
  const capabilities = meta[META.clientCapabilities];
  const info = meta[META.clientInfo];
  const level = meta[META.logLevel];
  const problems = [
    ...(isObject(params._meta) ? [] : ['"_meta" must be an object.']),
    ...(typeof version === 'string' ? [] : [`"_meta" must have the text "${META.protocolVersion}".`]),
    ...capabilityProblems(capabilities),
    ...(info === undefined || isImplementation(info) ? [] : [`"${META.clientInfo}" must have a name and a version.`]),
    ...(level === undefined || isLevel(level) ? [] : [`"${META.logLevel}" must be one of ${LEVELS.join(', ')}.`]),
  ];
  if (problems.length > 0) throw new ProtocolError(ErrorCode.invalidParams, problems.join(' '));
  return {
    version: String(version),
    client: {
      name: isObject(info) ? String(info.name) : 'unnamed',
      version: isObject(info) ? String(info.version) : 'unknown',
      capabilities: isObject(capabilities) ? capabilities : {},
    },
    logLevel: isLevel(level) ? level : undefined,
  };
}

function capabilityProblems(capabilities: Json | undefined): string[] {
  if (!isObject(capabilities)) return [`"_meta" must have the object "${META.clientCapabilities}".`];
  return Object.entries(capabilities)
    .filter(([, value]) => !isObject(value))
    .map(([name]) => `The capability ${JSON.stringify(name.slice(0, 80))} must be an object.`);
}

function isImplementation(value: Json): boolean {
  return isObject(value) && typeof value.name === 'string' && typeof value.version === 'string';
}
