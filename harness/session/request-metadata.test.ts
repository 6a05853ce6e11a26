import { describe, expect, it } from 'vitest';
import { headerText, metadataHeaders, requestMeta, withMeta } from './request-metadata.ts';

const AT = '2026-07-28';

describe('what a request says of itself', () => {
  it('is its revision, its client and what that can do, without a handshake only', () => {
    expect(requestMeta(AT, { roots: {} })).toEqual({
      'io.modelcontextprotocol/protocolVersion': AT,
      'io.modelcontextprotocol/clientInfo': { name: 'mcp-assay', version: '0' },
      'io.modelcontextprotocol/clientCapabilities': { roots: {} },
    });
    expect(requestMeta('2025-11-25', {})).toEqual({});
  });

  it.each([
    [{ method: 'a' }, { method: 'a', params: { _meta: { x: 1 } } }],
    [
      { method: 'a', params: { b: 2 } },
      { method: 'a', params: { b: 2, _meta: { x: 1 } } },
    ],
    [
      { method: 'a', params: { _meta: { x: 2, z: 3 } } },
      { method: 'a', params: { _meta: { x: 2, z: 3 } } },
    ],
    [
      { method: 'a', params: [1] },
      { method: 'a', params: [1] },
    ],
    [
      { method: 'a', params: { _meta: 5 } },
      { method: 'a', params: { _meta: 5 } },
    ],
    ['text', 'text'],
  ])('is put into %j where there is a place for it', (message, expected) => {
    expect(withMeta(message, { x: 1, y: null })).toEqual(expected);
  });

  it('changes nothing where there is nothing to add', () => {
    expect(withMeta({ method: 'a' }, {})).toEqual({ method: 'a' });
  });
});

describe('the headers that repeat it', () => {
  const version = ['MCP-Protocol-Version', AT];

  it.each([
    [{ method: 'tools/list' }, [['Mcp-Method', 'tools/list']]],
    [
      { method: 'prompts/get', params: { name: 'greet' } },
      [
        ['Mcp-Method', 'prompts/get'],
        ['Mcp-Name', 'greet'],
      ],
    ],
    [
      { method: 'resources/read', params: { uri: 'a://ü' } },
      [
        ['Mcp-Method', 'resources/read'],
        ['Mcp-Name', '=?base64?YTovL8O8?='],
      ],
    ],
    [{ method: 'tools/call', params: { name: 5 } }, [['Mcp-Method', 'tools/call']]],
    [{ method: 'constructor', params: { name: 'x' } }, [['Mcp-Method', 'constructor']]],
    [{ method: 5 }, []],
    [undefined, []],
  ])('of %j', (message, expected) => {
    expect(metadataHeaders(message, AT, [])).toEqual([version, ...expected]);
  });

  it('are none in a revision with a handshake', () => {
    expect(metadataHeaders({ method: 'tools/list' }, '2025-11-25', [])).toEqual([]);
  });

  it('hold the arguments that a schema annotates, at any depth, and no others', () => {
    const properties = {
      region: { type: 'string', 'x-mcp-header': 'Region' },
      size: { type: 'integer', 'x-mcp-header': 'Size' },
      absent: { type: 'string', 'x-mcp-header': 'Absent' },
      empty: { type: 'string', 'x-mcp-header': 'Empty' },
      plain: { type: 'string' },
      deep: { type: 'object', properties: { dry: { type: 'boolean', 'x-mcp-header': 'Dry' } } },
    };
    const tools = [{ name: 'other' }, { name: 'query', inputSchema: { type: 'object', properties } }];
    const args = { region: ' west ', size: 42, plain: 'x', empty: null, deep: { dry: false } };
    const message = { method: 'tools/call', params: { name: 'query', arguments: args } };
    expect(metadataHeaders(message, AT, tools).slice(3)).toEqual([
      ['Mcp-Param-Region', '=?base64?IHdlc3Qg?='],
      ['Mcp-Param-Size', '42'],
      ['Mcp-Param-Dry', 'false'],
    ]);
  });

  it.each([
    ['us-west1', 'us-west1'],
    ['Hello, 世界', '=?base64?SGVsbG8sIOS4lueVjA==?='],
    [' padded ', '=?base64?IHBhZGRlZCA=?='],
    ['line1\nline2', '=?base64?bGluZTEKbGluZTI=?='],
    ['=?base64?literal?=', '=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?='],
    ['', ''],
  ])('carry %j as %j', (value, expected) => {
    expect(headerText(value)).toBe(expected);
  });
});
