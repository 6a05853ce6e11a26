import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { catalogue } from '../../../spec/catalogue.ts';
import { packageRoot } from '../../../spec/package-root.ts';
import { loadClientCases, readClientCaseFile } from './load-client-cases.ts';

const folder = mkdtempSync(join(tmpdir(), 'mcp-assay-cases-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(yaml: string) {
  const path = join(folder, 'test.yaml');
  writeFileSync(path, `cases:\n${yaml}`);
  return readClientCaseFile(path, catalogue(), new Set(['client.taken']));
}

const good = `
  - id: client.test
    title: a test
    requires: [ping.respond]
    scenario: tools_call
    context: {actions: ["\${do}"]}
    server: {answers: [{to: tools/list, status: "\${status}"}]}
    expect: [{of: GET, count: {minimum: "\${status}"}}]
    examples:
      one: {status: 200, do: {do: ping}}
      two: {status: 404, do: {do: list-tools}}
`;

it('makes a case of each example, with its members in place', () => {
  const cases = read(good);
  expect(cases).toMatchObject([
    {
      id: 'client.test/one',
      title: 'a test (one)',
      context: { actions: [{ do: 'ping' }] },
      server: { answers: [{ to: 'tools/list', status: 200 }] },
      example: { status: 200 },
    },
    { id: 'client.test/two', server: { answers: [{ status: 404 }] } },
  ]);
  expect(cases[0]).not.toHaveProperty('examples');
});

it.each<[string, (yaml: string) => string, RegExp]>([
  [
    'an id that is taken',
    (yaml) => yaml.replace('client.test', 'client.taken'),
    /:3: the id "client\.taken" is already taken/,
  ],
  ['an id of another family', (yaml) => yaml.replace('client.test', 'server.test'), /:3: .*pattern/],
  [
    'an unknown requirement',
    (yaml) => yaml.replace('ping.respond', 'ping.no'),
    /"ping\.no" is no requirement that can be seen of a client/,
  ],
  [
    'a requirement on servers',
    (yaml) => yaml.replace('ping.respond', 'http.post.notification-202'),
    /no requirement that can be seen of a client/,
  ],
  ['an unknown key', (yaml) => yaml.replace('scenario', 'scene'), /required property 'scenario'|unknown key "scene"/],
  ['an unknown scenario', (yaml) => yaml.replace('tools_call', 'x'), /must be one of initialize/],
  [
    'a requirement that nothing decides',
    (yaml) => yaml.replace('[ping.respond]', '[ping.respond, page.opaque]').replace('{of:', '{rule: ping.respond, of:'),
    /no expectation decides "page\.opaque"/,
  ],
  [
    'an expectation without a rule',
    (yaml) => yaml.replace('[ping.respond]', '[ping.respond, page.opaque]'),
    /names no rule/,
  ],
  [
    'a rule that is not required',
    (yaml) => yaml.replace('{of:', '{rule: page.opaque, of:'),
    /not among the requirements/,
  ],
  [
    'a revision that does not exist',
    (yaml) => yaml.replace('    scenario', '    revisions: "2020-01-01"\n    scenario'),
    /"2020-01-01" is not a range/,
  ],
  [
    'a placeholder without a value',
    (yaml) => yaml.replace('two: {status: 404,', 'two: {'),
    /:8: nothing is known as \$\{status\}/,
  ],
  [
    'a value that does not fit',
    (yaml) => yaml.replace('404', 'x'),
    /:8: with an example in place, "server\/answers\/0\/status"/,
  ],
  [
    'a response to a GET',
    (yaml) => yaml.replace(`{to: tools/list, status: "\${status}"}`, '{to: GET, stream: {events: [{response: true}]}}'),
    /:8: a GET has no response/,
  ],
])('refuses %s', (_, change, message) => {
  const yaml = change(good);
  expect(yaml).not.toBe(good);
  expect(() => read(yaml)).toThrow(message);
});

it('reads every client case of the project', () => {
  const cases = loadClientCases(join(packageRoot, 'suites/client'), catalogue());
  expect(cases.length).toBeGreaterThan(80);
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
});
