import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Revision } from '../../spec/revisions.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import { base64Fault } from './base64.ts';
import { type Call, conversationOf, resultOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { type Breach, judged, show } from './outcomes.ts';

const RULE = 'jsonrpc.schema';
/** The most values that a completion may have (schema, CompleteResult). */
const MOST_VALUES = 100;

/** What the schema says of members in words or by a format, where no rule of its own says it: warnings only. */
export const schemaFormats: Invariant = {
  id: 'invariant.schema.formats',
  title: 'images and audio are base64, completions are short, URI templates are templates, dates are dates',
  occasion: 'images, audio, completions, dates or URI templates in the answers of the server',
  requires: [RULE],
  judge: (view) =>
    conversationOf(view)
      .sessions.flatMap(({ calls }) => calls)
      .filter(({ exchange }) => speaksRevision(view, exchange))
      .flatMap((call) => judgeCall(call, view.revision)),
};

function judgeCall(call: Call, revision: Revision): Outcome[] {
  const result = resultOf(call);
  if (!isObject(result)) return [];
  const dated = revision >= '2025-06-18' ? datedIn(call.method, result) : [];
  const breaches = [...faultsIn(call.method, result), ...dated].map((breach) => ({
    ...breach,
    atMost: 'warn' as const,
  }));
  return judged(RULE, call.exchange, breaches, false);
}

function faultsIn(method: string, result: JsonObject): Breach[] {
  switch (method) {
    case 'tools/call':
      return objectsIn(result.content).flatMap((block, index) => mediaFaults(block, `result.content.${index}`));
    case 'completion/complete':
      return completionFaults(result.completion);
    case 'resources/templates/list':
      return objectsIn(result.resourceTemplates).flatMap(({ uriTemplate }, index) =>
        templateFaults(uriTemplate, `result.resourceTemplates.${index}.uriTemplate`),
      );
    default:
      return [];
  }
}

/** The lists of things that may say when they were last modified (2025-06-18, resources, annotations). */
const DATED: { readonly [method: string]: string } = {
  'resources/list': 'resources',
  'resources/templates/list': 'resourceTemplates',
  'tools/call': 'content',
};

function datedIn(method: string, result: JsonObject): Breach[] {
  const list = DATED[method];
  if (list === undefined) return [];
  return objectsIn(result[list]).flatMap(({ annotations }, index) => {
    const actual = isObject(annotations) ? annotations.lastModified : undefined;
    if (typeof actual !== 'string' || isIsoDate(actual)) return [];
    const message = `lastModified is ${show(actual)}, which is no ISO 8601 date`;
    return [{ message, path: `result.${list}.${index}.annotations.lastModified`, actual }];
  });
}

/** ISO 8601 knows many spellings: all begin with a year of four digits and go on with numbers, T, Z and signs. */
function isIsoDate(text: string): boolean {
  return /^[+-]?\d{4}(?:[-\d:.,TWZ+]*)$/i.test(text);
}

function mediaFaults({ type, data, mimeType }: JsonObject, path: string): Breach[] {
  if (type !== 'image' && type !== 'audio') return [];
  const named = typeof mimeType !== 'string' || mimeType.includes('/');
  const message = `${show(mimeType)} is no MIME type`;
  return [
    ...(typeof data === 'string' ? base64Fault(data, `${path}.data`) : []),
    ...(named ? [] : [{ message, path: `${path}.mimeType`, actual: mimeType }]),
  ];
}

function completionFaults(completion: Json | undefined): Breach[] {
  const values = isObject(completion) ? completion.values : undefined;
  if (!Array.isArray(values) || values.length <= MOST_VALUES) return [];
  const message = `a completion has ${values.length} values, more than ${MOST_VALUES}`;
  return [{ message, path: 'result.completion.values' }];
}

/** A template whose braces do not match, or hold nothing, can be filled in by nobody (RFC 6570, 2). */
function templateFaults(template: Json | undefined, path: string): Breach[] {
  if (typeof template !== 'string') return [];
  if (!/[{}]/.test(template.replaceAll(/\{[^{}\s]+\}/g, ''))) return [];
  return [{ message: `${show(template)} is no URI template: its braces do not match`, path, actual: template }];
}

function objectsIn(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.map((item) => (isObject(item) ? item : {})) : [];
}
