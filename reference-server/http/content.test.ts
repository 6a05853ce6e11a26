import { describe, expect, it } from 'vitest';
import { settingsFrom } from '../options.ts';
import { nowhere } from '../testing/driver.ts';
import { accepts, checkAccept, checkContentType, checkLength } from './content.ts';
import type { RequestHead } from './head.ts';

const settings = settingsFrom({ userServiceUrl: nowhere });

const head = (method: string, fields: Record<string, string>): RequestHead => ({
  method,
  path: '/mcp',
  fieldCount: 0,
  fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]])),
});

describe('Accept of a POST', () => {
  it.each([
    'application/json, text/event-stream',
    'text/event-stream,application/json',
    'Application/JSON, TEXT/event-stream',
    'application/json;q=0.9, text/event-stream;q=0.1',
    'application/json; q=1.000 ,text/event-stream',
    'application/json;charset=utf-8, text/event-stream',
    'application/json;note="a,b", text/event-stream',
    '*/*',
    'application/*, text/*',
    'text/html, */*;q=0.001',
    '*/*;q=0, application/json, text/event-stream',
    'nonsense, application/json, text/event-stream',
  ])('%s is enough', (accept) => {
    expect(checkAccept(head('POST', { accept }), settings)).toBeUndefined();
  });

  it.each([
    '',
    'application/json',
    'text/event-stream',
    'text/html',
    'application/json, text/event-stream;q=0',
    '*/*;q=0',
    '*/*, text/event-stream;q=0.0',
    'application/json, text/*;q=0',
    'application/json;q=2, text/event-stream',
    'application/jsonx, text/event-stream',
  ])('%j is not', (accept) => {
    expect(checkAccept(head('POST', { accept }), settings)).toMatchObject({ status: 406 });
  });

  it('may be absent: then everything is welcome', () => {
    expect(checkAccept(head('POST', {}), settings)).toBeUndefined();
  });
});

describe('Accept of a GET', () => {
  it.each(['text/event-stream', '*/*', 'text/*'])('%s is enough', (accept) => {
    expect(checkAccept(head('GET', { accept }), settings)).toBeUndefined();
  });

  it.each(['application/json', 'text/html'])('%s is not', (accept) => {
    expect(checkAccept(head('GET', { accept }), settings)).toMatchObject({ status: 406 });
  });
});

it('does not look at the Accept of a DELETE', () => {
  expect(checkAccept(head('DELETE', { accept: 'text/html' }), settings)).toBeUndefined();
});

it('takes the most specific range, in whatever order they come', () => {
  expect(accepts('text/plain;q=0, text/*', 'text/plain')).toBe(false);
  expect(accepts('text/*;q=0, text/plain', 'text/plain')).toBe(true);
});

describe('Content-Type of a POST', () => {
  it.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json; profile=x',
  ])('%s is right', (type) => {
    expect(checkContentType(head('POST', { 'content-type': type }))).toBeUndefined();
  });

  it.each([
    '',
    'text/plain',
    'application/jsonp',
    'application/json, application/json',
    'application/json; charset=utf-16',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=application/json',
  ])('%j is wrong', (type) => {
    expect(checkContentType(head('POST', { 'content-type': type }))).toMatchObject({ status: 415 });
  });

  it('must be there', () => {
    expect(checkContentType(head('POST', {}))).toMatchObject({ status: 415 });
  });

  it('allows no compression', () => {
    const json = { 'content-type': 'application/json' };
    expect(checkContentType(head('POST', { ...json, 'content-encoding': 'gzip' }))).toMatchObject({ status: 415 });
    expect(checkContentType(head('POST', { ...json, 'content-encoding': 'Identity' }))).toBeUndefined();
  });
});

it('refuses a body that says it is too long', () => {
  const settings = settingsFrom({ userServiceUrl: nowhere, maxBodyBytes: 100 });
  expect(checkLength(head('POST', { 'content-length': '101' }), settings)).toMatchObject({ status: 413 });
  expect(checkLength(head('POST', { 'content-length': '100' }), settings)).toBeUndefined();
  expect(checkLength(head('POST', {}), settings)).toBeUndefined();
});
