import { plainJson } from './plain-text.ts';
import type { Report } from './report.ts';

/** A report as JSON; its shape is `report.schema.json`. */
export function jsonReport(report: Report): string {
  return `${plainJson(JSON.stringify(report, null, 2))}\n`;
}
