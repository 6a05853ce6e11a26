import { summarise } from '../build-report.ts';
import type { Finding, Report, ReportedCase, ReportedRequirement } from '../report.ts';

/** A finding for tests, with an exchange that shows it. */
export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    requirement: 'ping.respond',
    verdict: 'fail',
    message: 'result is missing (expected {"maxProperties":0})',
    evidence: {
      path: 'status',
      actual: 1003,
      exchange: {
        request: {
          line: 'POST http://127.0.0.1:1/mcp',
          headers: ['Content-Type: application/json', 'Authorization: [hidden]'],
          body: '{"jsonrpc":"2.0","id":2,"method":"ping"}',
        },
        response: { status: 500, headers: ['content-type: text/plain'], body: 'oops\nagain' },
        ending: 'complete',
        answeredAfterMs: 12,
      },
    },
    link: 'https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping#behavior-requirements',
    ...changes,
  };
}

/** A check for tests. */
export function reportedCase(changes: Partial<ReportedCase> = {}): ReportedCase {
  return {
    id: 'ping.answered',
    title: 'ping is answered with an empty result',
    verdict: 'pass',
    requirements: ['ping.respond'],
    findings: [],
    durationMs: 7,
    reproduce: 'npx mcp-assay server http://127.0.0.1:1/mcp --revision 2025-11-25 --case ping.answered',
    ...changes,
  };
}

/** A check that failed, for tests. */
export function failedCase(changes: Partial<ReportedCase> = {}): ReportedCase {
  return reportedCase({ verdict: 'fail', findings: [finding()], ...changes });
}

/** A requirement for tests. */
export function reportedRequirement(changes: Partial<ReportedRequirement> = {}): ReportedRequirement {
  return {
    id: 'ping.respond',
    level: 'MUST',
    role: 'both',
    verdict: 'pass',
    text: 'MUST answer ping promptly with an empty result.',
    link: 'https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping#behavior-requirements',
    cases: ['ping.answered'],
    ...changes,
  };
}

/** A report for tests on the checks given. */
export function reportOf(cases: readonly ReportedCase[], changes: Partial<Report> = {}): Report {
  return {
    tool: { name: 'mcp-assay', version: '0.1.0', catalogue: '0.1.0' },
    target: {
      kind: 'server',
      url: 'http://127.0.0.1:1/mcp',
      serverInfo: { name: 'synthetic', version: '1' },
      revision: '2025-11-25',
      transport: 'streamable-http',
    },
    startedAt: '2026-11-20T10:00:00.000Z',
    durationMs: 1_234,
    summary: summarise(cases),
    rootCause: null,
    requirements: [reportedRequirement()],
    cases,
    notes: [],
    ...changes,
  };
}

/** Text that would break a terminal, an XML parser, a Markdown table and a code block, all at once. */
export const HOSTILE =
  'a\u001b[2J\u0000\u009b31m\ud800\uffff\u202e ]]> ]]> </script><img src=x> | cell | ```` `code` @everyone\r\n# head "q"';

/** A report in which everything that a target has a say in is hostile. */
export function hostileReport(): Report {
  const exchange = {
    request: { line: `POST http://127.0.0.1:1/${HOSTILE}`, headers: [`X-A: ${HOSTILE}`], body: HOSTILE },
    response: { status: 200, headers: [`x-b: ${HOSTILE}`], body: HOSTILE },
    ending: `broken: ${HOSTILE}`,
    answeredAfterMs: 1,
  };
  const evidence = { path: 'body', actual: HOSTILE, exchange };
  const hostile = (verdict: 'fail' | 'warn') => finding({ verdict, message: `body was ${HOSTILE}`, evidence });
  return reportOf(
    [
      failedCase({ findings: [hostile('fail')] }),
      reportedCase({ id: 'ping.warned', verdict: 'warn', findings: [hostile('warn')] }),
      reportedCase({ id: 'ping.blocked', verdict: 'blocked', reason: HOSTILE }),
      reportedCase({ id: 'ping.error', verdict: 'error', reason: HOSTILE }),
    ],
    {
      rootCause: { case: 'survey', reason: HOSTILE },
      notes: [HOSTILE],
      target: {
        kind: 'server',
        url: `http://127.0.0.1:1/${HOSTILE}`,
        serverInfo: { name: HOSTILE, version: HOSTILE },
        revision: '2025-11-25',
        transport: 'streamable-http',
      },
    },
  );
}
