import { type Text, text } from '../shared/language.ts';
import type { Workspace } from '../storage/workspace.ts';

/** What keeps a holding out of a year's plan, in the order of their weight. */
const gates = [
  'original-must-stay',
  'retention-nearly-over',
  'archive-offer-open',
  'dms-not-live',
  'no-lot',
  'no-price',
  'quantity-unknown',
  'maximum-reached',
] as const;
export type Gate = (typeof gates)[number];

export const gateTitles: Readonly<Record<Gate, Text>> = {
  'original-must-stay': text({ de: 'Original muss bleiben', en: 'original must stay' }),
  'retention-nearly-over': text({ de: 'Aufbewahrung fast abgelaufen', en: 'retention nearly over' }),
  'archive-offer-open': text({ de: 'Anbietung offen', en: 'archive offer open' }),
  'dms-not-live': text({ de: 'DMS noch nicht eingeführt', en: 'DMS not live' }),
  'no-lot': text({ de: 'kein Los', en: 'no lot' }),
  'no-price': text({ de: 'kein Vertragspreis', en: 'no contract price' }),
  'quantity-unknown': text({ de: 'Menge unbekannt', en: 'quantity unknown' }),
  'maximum-reached': text({ de: 'Höchstmenge erreicht', en: 'maximum reached' }),
};

/** What speaks for digitising a holding now. */
export const criteria = ['hardDeadline', 'usage', 'risk', 'space', 'goLive', 'costPerPage'] as const;
export type Criterion = (typeof criteria)[number];

export const criterionTitles: Readonly<Record<Criterion, Text>> = {
  hardDeadline: text({ de: 'fester Termin', en: 'hard deadline' }),
  usage: text({ de: 'Zugriffe je Meter', en: 'accesses per metre' }),
  risk: text({ de: 'Gefährdung', en: 'risk' }),
  space: text({ de: 'frei werdender Platz', en: 'space freed' }),
  goLive: text({ de: 'Nähe zur DMS-Einführung', en: 'nearness of DMS go-live' }),
  costPerPage: text({ de: 'Kosten je Seite', en: 'cost per page' }),
};

/** How to plan; `planning` in the workspace's configuration, schemas/workspace-1.schema.json. */
export interface PlanningConfig {
  readonly weights: Readonly<Record<Criterion, number>>;
  /** A holding whose retention ends within so many years after the planned one is offered to the archive, not scanned. */
  readonly retentionYears: number;
  /** A holding whose department has no DMS by the end of the year waits. */
  readonly requireDms: boolean;
  /** A holding whose paper must be kept anyway is left out. */
  readonly excludeOriginals: boolean;
  /** How far ahead a hard deadline, and how far back a go-live, still counts. */
  readonly horizonYears: number;
  /** Whether the first holding that does not fit may be taken in part, by whole running metres. */
  readonly allowSplit: boolean;
}

export const defaultPlanning: PlanningConfig = {
  weights: { hardDeadline: 30, usage: 20, risk: 15, space: 15, goLive: 10, costPerPage: 10 },
  retentionYears: 2,
  requireDms: true,
  excludeOriginals: true,
  horizonYears: 5,
  allowSplit: false,
};

/** The workspace's way of planning; what it does not say is as in `defaultPlanning`. */
export function planningConfig(workspace: Pick<Workspace, 'config'>): PlanningConfig {
  // The schema has checked names and types when the workspace was opened.
  const { weights, ...rest } = (workspace.config.planning ?? {}) as Partial<PlanningConfig>;
  return { ...defaultPlanning, ...rest, weights: { ...defaultPlanning.weights, ...weights } };
}
