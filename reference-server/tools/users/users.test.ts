import { delay, HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../spec/messages.ts';
import type { LogEntry } from '../../log.ts';
import { quietContext } from '../../testing/context.ts';
import { allTools } from '../registry.ts';
import type { ToolResult } from '../tool.ts';
import { createUserService } from './service.ts';

const base = 'http://users.invalid:8041';
const service = setupServer();

beforeAll(() => service.listen({ onUnhandledRequest: 'error' }));
afterEach(() => service.resetHandlers());
afterAll(() => service.close());

const ann = {
  id: 7,
  name: 'Ann',
  surname: 'Lee',
  email: 'ann_lee@example.com',
  about_me: 'Likes *stars*.',
  credit_card: { num: '4111-1111-1111-1234', cvv: '987', exp_date: '01/2030' },
};
const newUser = { name: 'Ann', surname: 'Lee', email: 'ann_lee@example.com', about_me: 'Hello' };

interface Setting {
  timeoutMs?: number;
  signal?: AbortSignal;
  logged?: LogEntry[];
  baseUrl?: string;
}

function run(
  name: string,
  args: JsonObject,
  { timeoutMs = 60_000, signal, logged = [], baseUrl = base }: Setting = {},
) {
  const tool = allTools(createUserService(baseUrl, timeoutMs)).find((one) => one.name === name);
  if (tool === undefined) throw new Error(`no tool ${name}`);
  const context = quietContext({
    ...(signal === undefined ? {} : { signal }),
    log: (entry) => logged.push(entry),
  });
  return tool.run(args, context);
}

const textOf = ({ content }: ToolResult) => content.map((block) => (block.type === 'text' ? block.text : '')).join('');

/** Answers every request to the users, and keeps what was asked. */
function answerAll(respond: () => Response | Promise<Response>) {
  const asked: { method: string; path: string; body: Json }[] = [];
  service.use(
    http.all(`${base}/*`, async ({ request }) => {
      const { pathname, search } = new URL(request.url);
      const text = await request.text();
      asked.push({ method: request.method, path: pathname + search, body: text === '' ? null : JSON.parse(text) });
      return respond();
    }),
  );
  return asked;
}

describe('get_user_by_id', () => {
  it('shows a user as Markdown, without the secrets of the card', async () => {
    const asked = answerAll(() => HttpResponse.json(ann));
    const result = await run('get_user_by_id', { id: 7 });
    expect(asked).toEqual([{ method: 'GET', path: '/v1/users/7', body: null }]);
    expect(result.isError).toBeUndefined();
    expect(textOf(result).split('\n')).toEqual([
      '## Ann Lee',
      '',
      '- **Number:** 7',
      '- **E-mail:** ann_lee@example.com',
      String.raw`- **About:** Likes \*stars\*.`,
      '- **Credit card:** •••• 1234, expires 01/2030',
    ]);
  });

  it('says that there is no such user', async () => {
    answerAll(() => HttpResponse.json({ detail: 'User not found' }, { status: 404 }));
    const result = await run('get_user_by_id', { id: 99 });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('no user 99');
  });

  it.each<Json>([[], 'x', null, 5])('says that %j is no user', async (body) => {
    answerAll(() => HttpResponse.json(body));
    expect(await run('get_user_by_id', { id: 1 })).toMatchObject({ isError: true });
  });
});

describe('search_users', () => {
  it('passes the criteria on, encoded', async () => {
    const asked = answerAll(() => HttpResponse.json([ann]));
    const result = await run('search_users', { name: 'A&B', email: 'x+y@z' });
    expect(asked).toEqual([{ method: 'GET', path: '/v1/users/search?name=A%26B&email=x%2By%40z', body: null }]);
    expect(textOf(result)).toMatch(/^# Users found: 1\n\n## Ann Lee\n/);
  });

  it('finds nobody without an error', async () => {
    answerAll(() => HttpResponse.json([]));
    const result = await run('search_users', {});
    expect([result.isError, textOf(result)]).toEqual([undefined, expect.stringContaining('No user matches')]);
  });

  it('shows at most twenty and says how many more there are', async () => {
    answerAll(() => HttpResponse.json(Array.from({ length: 25 }, (_, id) => ({ ...ann, id }))));
    const text = textOf(await run('search_users', {}));
    expect(text.match(/^## /gm)).toHaveLength(20);
    expect(text).toContain('# Users found: 25');
    expect(text).toMatch(/5 more match/);
  });

  it('says that an object is no list', async () => {
    answerAll(() => HttpResponse.json({ users: [] }));
    expect(await run('search_users', {})).toMatchObject({ isError: true });
  });
});

describe('add_user', () => {
  it('sends the user and shows the new entry', async () => {
    const asked = answerAll(() => HttpResponse.json({ ...newUser, id: 8 }, { status: 201 }));
    const result = await run('add_user', newUser);
    expect(asked).toEqual([{ method: 'POST', path: '/v1/users', body: newUser }]);
    expect(textOf(result)).toContain('- **Number:** 8');
  });

  it('says that the e-mail address is known', async () => {
    answerAll(() => HttpResponse.json({ detail: 'email *taken*' }, { status: 409 }));
    const result = await run('add_user', newUser);
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('e-mail address');
    expect(textOf(result)).toContain(String.raw`email \*taken\*`);
  });

  it.each<[name: string, body: JsonObject]>([
    ['detail', { detail: 'salary must be a number' }],
    ['message', { message: 'salary must be a number' }],
    ['error', { error: 'salary must be a number' }],
    ['a list', { detail: [{ loc: ['body', 'salary'], msg: 'must be a number' }] }],
    ['something else', { salary: ['must be a number'] }],
  ])('passes on which field is wrong (%s)', async (_name, body) => {
    answerAll(() => HttpResponse.json(body, { status: 422 }));
    const result = await run('add_user', newUser);
    expect(result.isError).toBe(true);
    expect(textOf(result)).toMatch(/422.*salary.*must be a number/);
  });
});

describe('update_user', () => {
  it.each([200, 201])('sends only what changes, and takes %i', async (status) => {
    const asked = answerAll(() => HttpResponse.json({ ...ann, phone: '1' }, { status }));
    const result = await run('update_user', { id: 7, phone: '1' });
    expect(asked).toEqual([{ method: 'PUT', path: '/v1/users/7', body: { phone: '1' } }]);
    expect(textOf(result)).toMatch(/^User 7 was updated\.\n\n## Ann Lee/);
  });

  it('takes an answer without a body', async () => {
    answerAll(() => new HttpResponse(null, { status: 204 }));
    expect(textOf(await run('update_user', { id: 7, phone: '1' }))).toBe('User 7 was updated.');
  });

  it('says that there is no such user', async () => {
    answerAll(() => HttpResponse.json({}, { status: 404 }));
    expect(await run('update_user', { id: 7, phone: '1' })).toMatchObject({ isError: true });
  });
});

describe('delete_user', () => {
  it.each([
    [204, null],
    [200, null],
    [200, '{"deleted":true}'],
  ])('takes %i with the body %j', async (status, body) => {
    const asked = answerAll(() => new HttpResponse(body, { status }));
    expect(await run('delete_user', { id: 7 })).toEqual({ content: [{ type: 'text', text: 'User 7 was deleted.' }] });
    expect(asked).toEqual([{ method: 'DELETE', path: '/v1/users/7', body: null }]);
  });

  it('says that there is no such user', async () => {
    answerAll(() => new HttpResponse(null, { status: 404 }));
    expect(textOf(await run('delete_user', { id: 7 }))).toContain('no user 7');
  });
});

const calls: [name: string, args: JsonObject][] = [
  ['get_user_by_id', { id: 1 }],
  ['search_users', {}],
  ['add_user', newUser],
  ['update_user', { id: 1, phone: '1' }],
  ['delete_user', { id: 1 }],
];

describe.each(calls)('%s', (name, args) => {
  it('says that the service is down, and logs why', async () => {
    answerAll(() => HttpResponse.error());
    const logged: LogEntry[] = [];
    const result = await run(name, args, { logged });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toBe('The user service cannot be reached; try again later.');
    expect(logged).toMatchObject([{ event: 'user-service-failed' }]);
  });

  it('says that the service takes too long', async () => {
    answerAll(async () => {
      await delay('infinite');
      return HttpResponse.json({});
    });
    const result = await run(name, args, { timeoutMs: 20 });
    expect([result.isError, textOf(result)]).toEqual([true, expect.stringContaining('within 20 ms')]);
  });

  it('stops waiting when it is cancelled', async () => {
    const controller = new AbortController();
    answerAll(async () => {
      controller.abort();
      await delay('infinite');
      return HttpResponse.json({});
    });
    await expect(run(name, args, { signal: controller.signal })).rejects.toThrow(/abort/i);
  });

  it.each([500, 502, 304])('says that the service failed with %i, and no more', async (status) => {
    answerAll(() => new HttpResponse(status === 304 ? null : '<h1>canary</h1>', { status }));
    const result = await run(name, args);
    expect([result.isError, textOf(result)]).toEqual([true, expect.stringContaining(String(status))]);
    expect(textOf(result)).not.toContain('canary');
  });

  it('says that a page of HTML is no answer', async () => {
    answerAll(() => HttpResponse.html('<h1>Please sign in, canary</h1>'));
    const result = await run(name, args);
    expect(result.isError).toBe(true);
    expect(textOf(result)).not.toContain('canary');
  });
});

it('finds the service whether its URL ends with a slash or not, and below a path', async () => {
  service.use(http.get('http://users.invalid/api/v1/users/1', () => HttpResponse.json(ann)));
  for (const baseUrl of ['http://users.invalid/api', 'http://users.invalid/api/']) {
    expect((await run('get_user_by_id', { id: 1 }, { baseUrl })).isError).toBeUndefined();
  }
});
