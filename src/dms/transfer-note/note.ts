import type { CalendarDate } from '../../shared/dates.ts';

/**
 * The transfer note of a file (BSI TR-03138 RESISCAN 1.5, A.NB.4; schemas/transfer-note-1.schema.json): who scanned and
 * checked what, when and how, as far as the ledger knows. What it does not know is null, and named in `unknown`. It says
 * nothing that changes from one writing to the next: the same ledger makes the same bytes.
 */
export interface TransferNote {
  readonly schema: 'urn:scanlot:schemas/transfer-note-1';
  readonly basis: string;
  /** The day of acceptance: until then everything was known that is stated. */
  readonly statedOn: CalendarDate;
  readonly customer: Party;
  readonly contractor: { readonly name: string; readonly contract: string; readonly lot: string };
  readonly file: {
    readonly key: string;
    readonly reference: string;
    readonly volume: string;
    readonly title: string;
    readonly department: string;
  };
  readonly stack: {
    readonly batch: string;
    readonly box: string | null;
    readonly handedOverOn: CalendarDate | null;
    readonly round: number;
    readonly deliveredOn: CalendarDate;
    /** SHA-256 of the delivered package's list of files. */
    readonly packageHash: string;
    readonly position: null;
  };
  readonly procedure: {
    readonly profile: string;
    readonly profileHash: string;
    /** Version of the procedure documentation. */
    readonly documentation: null;
    readonly keeper: null;
  };
  readonly capture: { readonly operator: null; readonly at: null; readonly device: null };
  readonly documents: readonly NotedDocument[];
  readonly technical: {
    readonly pageClasses: readonly {
      readonly size: string | null;
      readonly colour: string | null;
      readonly pages: number;
    }[];
    readonly resolution: null;
  };
  readonly completeness: {
    readonly expectedSheets: number | null;
    readonly declaredPages: number;
    readonly removedBlankPages: number;
    readonly countedPages: number | null;
    readonly acceptedPages: number;
    /** An instant. */
    readonly reconciledAt: string | null;
  };
  readonly qualityAssurance: {
    readonly checkedAt: string;
    readonly checkedWith: string;
    readonly verdict: string;
    readonly acceptedOn: CalendarDate;
    readonly acceptedBy: string;
    readonly performedOn: CalendarDate;
    readonly remark: string;
    /** That the images match the paper visually and in content: only a person can state it. */
    readonly visualMatch: null;
  };
  /** What was found and accepted nevertheless. */
  readonly anomalies: readonly {
    readonly code: string;
    readonly severity: string;
    readonly place: string;
    readonly waivedBy: string | null;
    readonly reason: string | null;
  }[];
  readonly steps: readonly {
    readonly name: 'handed-over' | 'delivered' | 'checked' | 'reconciled' | 'accepted';
    readonly at: string;
    readonly by: string | null;
    readonly system: string | null;
  }[];
  /** Where this note has null: "capture.operator". */
  readonly unknown: readonly string[];
}

interface Party {
  readonly name: string;
  readonly unit: string | null;
  readonly street: string | null;
  readonly postalCode: string | null;
  readonly town: string | null;
}

interface NotedDocument {
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly format: string | null;
  readonly pages: number | null;
  /** Index fields of the delivery. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Everything of a note but what follows from the rest. */
export type NoteFacts = Omit<TransferNote, 'schema' | 'basis' | 'steps' | 'unknown'>;

/** Makes the note; pure. */
export function transferNote(facts: NoteFacts): TransferNote {
  return {
    schema: 'urn:scanlot:schemas/transfer-note-1',
    basis: 'BSI TR-03138 RESISCAN 1.5, A.NB.4',
    ...facts,
    steps: stepsOf(facts),
    unknown: placesOfNull(facts, ''),
  };
}

function stepsOf({ stack, completeness, qualityAssurance, contractor }: NoteFacts): TransferNote['steps'] {
  const { checkedAt, checkedWith, acceptedOn, acceptedBy } = qualityAssurance;
  const step = (
    name: TransferNote['steps'][number]['name'],
    at: string | null,
    by: string | null,
    system: string | null,
  ) => (at === null ? [] : [{ name, at, by, system }]);
  return [
    ...step('handed-over', stack.handedOverOn, null, null),
    ...step('delivered', stack.deliveredOn, contractor.name, null),
    ...step('checked', checkedAt, null, checkedWith),
    ...step('reconciled', completeness.reconciledAt, null, checkedWith),
    ...step('accepted', acceptedOn, acceptedBy, checkedWith),
  ];
}

/** Of lists their name alone: "documents.pages". The depth is that of the type. */
function placesOfNull(value: unknown, place: string): readonly string[] {
  if (value === null) return [place];
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => placesOfNull(one, place)))];
  if (typeof value !== 'object') return [];
  return Object.entries(value as object).flatMap(([name, one]) =>
    name === 'attributes' ? [] : placesOfNull(one, place === '' ? name : `${place}.${name}`),
  );
}
