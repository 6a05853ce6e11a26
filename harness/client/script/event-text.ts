import type { Json } from '../../../spec/messages.ts';
import type { EventScript } from './server-script.ts';

/** The text of an event with the message that it carries (undefined: none), line ends included. */
export function eventText(event: EventScript, message: Json | undefined, newline: string): string {
  if (event.raw !== undefined) return event.raw;
  const colon = event.space === false ? ':' : ': ';
  const name = event.event === undefined ? 'message' : event.event;
  const lines = [
    ...(event.lines ?? []),
    ...(name === null ? [] : [`event${colon}${name}`]),
    ...(event.id === undefined ? [] : [`id${colon}${event.id}`]),
    ...(event.retry === undefined ? [] : [`retry${colon}${event.retry}`]),
    ...dataOf(event, message).map((line) => `data${colon}${line}`),
    '',
  ];
  return lines.map((line) => line + newline).join('');
}

function dataOf(event: EventScript, message: Json | undefined): string[] {
  if (message === undefined) return event.data?.split('\n') ?? [];
  return event.spread ? JSON.stringify(message, null, 1).split('\n') : [JSON.stringify(message)];
}
