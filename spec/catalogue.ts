import { join } from 'node:path';
import { type DataFile, dataFilesBelow, readDataFile } from './data-file.ts';
import { packageRoot } from './package-root.ts';
import { type CatalogueFile, type RequirementEntry, validateCatalogueFile } from './requirement-file.ts';
import { REVISIONS, type Revision } from './revisions.ts';

/** How binding a requirement is, in the sense of RFC 2119. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** A side of the conversation that the harness can judge. */
export type Side = 'server' | 'client';

/** One normative rule of the specification. */
export interface Requirement {
  readonly id: string;
  readonly area: string;
  /** The rule in one sentence that begins with its key word. */
  readonly text: string;
  /** How each side shows that it keeps the rule; a side that is missing cannot be seen. */
  readonly observe: Partial<Record<Side, 'wire' | 'stimulus'>>;
  /** What has to happen before the rule shows, where one side needs a stimulus. */
  readonly stimulus: string | null;
  /** Why no side can be seen keeping it, where that is so. */
  readonly unobservable: string | null;
  /** The revisions the rule holds in, with what it says there. */
  readonly revisions: ReadonlyMap<Revision, RequirementInRevision>;
}

/** What may change about a requirement from one revision to the next. */
export interface RequirementInRevision {
  readonly level: Level;
  readonly role: RequirementEntry['role'];
  /** Pages with their anchors, below the folder of the revision. */
  readonly sources: readonly string[];
}

/** All requirements of all revisions. */
export interface Catalogue {
  readonly all: readonly Requirement[];
  /** The requirement of an id, or undefined. */
  get(id: string): Requirement | undefined;
}

let loaded: Catalogue | undefined;

/** The project's catalogue, read once from `spec/requirements/`. */
export function catalogue(): Catalogue {
  loaded ??= loadCatalogue(join(packageRoot, 'spec/requirements'));
  return loaded;
}

/**
 * Reads every `.yaml` file of a folder as a part of one catalogue.
 *
 * @throws DataFileError for an unknown key, a duplicate id or a revision that does not exist
 */
export function loadCatalogue(folder: string): Catalogue {
  const byId = new Map<string, Requirement>();
  for (const path of dataFilesBelow(folder)) {
    const file = readDataFile(path, validateCatalogueFile);
    file.content.requirements.forEach((entry, index) => {
      if (byId.has(entry.id)) throw file.error(['requirements', index, 'id'], `the id "${entry.id}" is already taken`);
      byId.set(entry.id, readEntry(file, entry, index));
    });
  }
  return { all: [...byId.values()], get: (id) => byId.get(id) };
}

function readEntry(file: DataFile<CatalogueFile>, entry: RequirementEntry, index: number): Requirement {
  const revisions = new Map<Revision, RequirementInRevision>();
  for (const key of Object.keys(entry.changes ?? {})) {
    if (!(key in entry.revisions)) {
      throw file.error(
        ['requirements', index, 'changes', key],
        `"${entry.id}" changes in ${key} but does not hold there`,
      );
    }
  }
  let current: Pick<RequirementInRevision, 'level' | 'role'> = { level: entry.level, role: entry.role };
  for (const revision of REVISIONS) {
    const sources = entry.revisions[revision];
    if (!sources) continue;
    current = { ...current, ...entry.changes?.[revision] };
    revisions.set(revision, { ...current, sources });
  }
  const { observe } = entry;
  return {
    id: entry.id,
    area: file.content.area,
    text: entry.text,
    observe: observe === 'none' ? {} : observe,
    stimulus: entry.stimulus ?? null,
    unobservable: entry.unobservable ?? null,
    revisions,
  };
}

/** Where a requirement is stated in one revision, as the address of the published page. */
export function sourceLink(revision: Revision, source: string): string {
  const [page = '', anchor] = source.split('#');
  const path = page.replace(/(^|\/)index$/, '');
  return `https://modelcontextprotocol.io/specification/${revision}/${path}${anchor ? `#${anchor}` : ''}`;
}

/** The sentence of a requirement with the key word that it has in one revision: levels change from one to another. */
export function textAt(requirement: Requirement, revision: Revision): string {
  const level = requirement.revisions.get(revision)?.level;
  return level ? requirement.text.replace(/^(MUST|SHOULD|MAY)/, level) : requirement.text;
}
