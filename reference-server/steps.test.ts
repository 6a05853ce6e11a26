import { describe, expect, it, vi } from 'vitest';
import type { Seams } from './index.ts';
import { correctSteps, stepsWith } from './steps.ts';
import { call, drive, messagesIn, objectIn, postHeaders } from './testing/driver.ts';

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
const progress = call(2, 'assay_progress', { steps: 2 }, { _meta: { progressToken: 't' } });

async function answers(seams: Seams) {
  const driver = await drive({ seams });
  const session = await driver.openSession();
  return { driver, session, pong: await driver.post(ping, session), streamed: await driver.post(progress, session) };
}

it('are the correct ones where nothing is replaced', () => {
  expect(stepsWith()).toEqual(correctSteps);
  const encode = () => '';
  expect(stepsWith(() => ({ envelope: { encode } }))).toEqual({
    ...correctSteps,
    envelope: { ...correctSteps.envelope, encode },
  });
});

describe('one replaced step changes one thing:', () => {
  it('the text of messages', async () => {
    const { pong, streamed } = await answers(({ envelope }) => ({
      envelope: { encode: (message) => envelope.encode(message).replace('"2.0"', '"1.0"') },
    }));
    expect(objectIn(pong)).toEqual({ jsonrpc: '1.0', id: 1, result: {} });
    expect(messagesIn(streamed.text).map(({ jsonrpc }) => jsonrpc)).toEqual(['1.0', '1.0', '1.0']);
  });

  it('a check of the head', async () => {
    const { driver, session } = await answers(() => ({ http: { checkOrigin: () => undefined } }));
    expect((await driver.post(ping, { ...session, origin: 'http://evil.example' })).status).toBe(200);
    expect((await driver.post(ping, { ...session, host: 'evil.example' })).status).toBe(403);
  });

  it('the answer to notifications', async () => {
    const { driver, session } = await answers(() => ({
      http: { acceptedReply: () => ({ status: 200, headers: {}, body: '{}' }) },
    }));
    expect(await driver.post({ jsonrpc: '2.0', method: 'x' }, session)).toMatchObject({ status: 200, text: '{}' });
  });

  it('the stream that a response goes on', async () => {
    const { streamed } = await answers(({ sse }) => ({
      sse: {
        deliver: (message, own, session) => {
          sse.deliver(message, own, session);
          if ('result' in message) sse.deliver(message, own, session);
        },
      },
    }));
    expect(messagesIn(streamed.text).filter((message) => 'result' in message)).toHaveLength(2);
  });

  it('the progress reported', async () => {
    const { streamed } = await answers(({ dispatch }) => ({
      dispatch: {
        progressNotification: (token, _progress, total, message) =>
          dispatch.progressNotification(token, 1, total, message),
      },
    }));
    expect(messagesIn(streamed.text).slice(0, 2)).toMatchObject([
      { params: { progress: 1 } },
      { params: { progress: 1 } },
    ]);
  });

  it('the tools there are', async () => {
    const { driver, session } = await answers(({ tools }) => ({
      tools: { allTools: (service) => tools.allTools(service).slice(0, 1) },
    }));
    const listed = await driver.post({ ...ping, method: 'tools/list' }, session);
    expect(objectIn(listed)).toMatchObject({ result: { tools: [{ name: 'get_user_by_id' }] } });
  });

  it('what a lost connection means', async () => {
    const gone: unknown[] = [];
    const { driver, session } = await answers(() => ({ http: { clientGone: ({ id }) => void gone.push(id) } }));
    const controller = new AbortController();
    const fields = { ...postHeaders, ...session };
    const body = JSON.stringify(call('lost', 'assay_progress', { delay_ms: 100 }, { _meta: { progressToken: 1 } }));
    const { body: stream } = await driver.begin('POST', fields, body, '/mcp', controller.signal);
    controller.abort();
    await expect(stream.text()).rejects.toThrow();
    await vi.waitUntil(() => gone.length > 0, 10_000);
    expect(gone).toEqual(['lost']);
  });

  it('what a stream of a GET carries', async () => {
    const message = { jsonrpc: '2.0' as const, method: 'notifications/x' };
    const { driver, session } = await answers(() => ({
      http: {
        listenerOpened: (stream) => {
          stream.send(message);
          stream.end();
        },
      },
    }));
    const heard = await driver.request('GET', { accept: 'text/event-stream', ...session });
    expect(messagesIn(heard.text)).toEqual([message]);
  });
});

describe('one replaced step changes one thing of 2026-07-28:', () => {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
  };
  const send = async (seams: Seams, name: string, more = {}, fields = {}) => {
    const driver = await drive({ seams });
    const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': name };
    return driver.post(call(1, name, {}, { _meta: meta, ...more }), { ...headers, ...fields });
  };

  it('the type of results', async () => {
    const answered = await send(() => ({ stateless: { resultType: () => 'odd' } }), 'assay_log');
    expect(objectIn(answered)).toMatchObject({ result: { resultType: 'odd', _meta: {} } });
  });

  it('what header fields must repeat', async () => {
    const fields = { 'mcp-name': 'other' };
    expect((await send(() => ({}), 'assay_log', {}, fields)).status).toBe(400);
    expect((await send(() => ({ http: { checkMirrors: () => undefined } }), 'assay_log', {}, fields)).status).toBe(200);
  });

  it('the status of errors', async () => {
    const seams: Seams = () => ({ http: { statelessStatus: () => 200 } });
    expect((await send(seams, 'assay_sample')).status).toBe(200);
    expect((await send(() => ({}), 'assay_sample')).status).toBe(400);
  });

  it('whether a state is sealed', async () => {
    const seams: Seams = ({ mrtr }) => ({
      mrtr: {
        openState: () => ({ answers: {}, request: '', expires: 0 }),
        isStateGood: () => true,
        inputRequired: mrtr.inputRequired,
      },
    });
    const answered = await send(seams, 'assay_interview', { requestState: 'forged' });
    expect(objectIn(answered)).toMatchObject({ result: { resultType: 'input_required' } });
  });
});
