import { deflateSync } from 'node:zlib';

type Entry =
  | { readonly kind: 'free' }
  | { readonly kind: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'compressed'; readonly stream: number; readonly index: number };

/**
 * Writes PDFs object by object, so that tests say exactly what is in the file. Each `finish…` closes a section with
 * its cross-reference; what is written afterwards is an incremental update.
 */
export class PdfWriter {
  readonly #parts: Buffer[] = [];
  #length = 0;
  #section = new Map<number, Entry>([[0, { kind: 'free' }]]);
  #size = 1;
  #previous: number | undefined;

  constructor(header = '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n') {
    this.raw(header);
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  /** Offset of the last cross-reference section. */
  get startxref(): number {
    return this.#previous ?? 0;
  }

  raw(bytes: string | Uint8Array): this {
    const part = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes);
    this.#parts.push(part);
    this.#length += part.length;
    return this;
  }

  object(number: number, body: string, generation = 0): this {
    this.#enter(number, { kind: 'offset', offset: this.#length, generation });
    return this.raw(`${number} ${generation} obj\n${body}\nendobj\n`);
  }

  /** @param dictionary entries without the brackets; /Length is added unless it is given */
  stream(number: number, dictionary: string, data: Uint8Array): this {
    this.#enter(number, { kind: 'offset', offset: this.#length, generation: 0 });
    const length = dictionary.includes('/Length') ? '' : ` /Length ${data.length}`;
    this.raw(`${number} 0 obj\n<< ${dictionary}${length} >>\nstream\n`);
    return this.raw(data).raw('\nendstream\nendobj\n');
  }

  /** Writes objects into a compressed object stream. */
  objectStream(number: number, bodies: ReadonlyMap<number, string>): this {
    let list = '';
    let objects = '';
    let index = 0;
    for (const [inner, body] of bodies) {
      list += `${inner} ${objects.length} `;
      objects += `${body}\n`;
      this.#enter(inner, { kind: 'compressed', stream: number, index });
      index += 1;
    }
    const data = deflateSync(Buffer.from(list + objects, 'latin1'));
    return this.stream(number, `/Type /ObjStm /N ${bodies.size} /First ${list.length} /Filter /FlateDecode`, data);
  }

  /** Says that an object stands in an object stream, which is written otherwise. */
  compressed(number: number, stream: number, index: number): this {
    this.#enter(number, { kind: 'compressed', stream, index });
    return this;
  }

  /** Gives an object the place of the header, as writers do that mean that there is none. */
  absent(number: number): this {
    this.#enter(number, { kind: 'offset', offset: 0, generation: 0 });
    return this;
  }

  /** Closes the section with a cross-reference table. */
  finishTable(trailer: string): this {
    const offset = this.#length;
    this.#writeTable(trailer);
    return this.#end(offset);
  }

  /** Closes the section with a cross-reference stream, its entries predicted as most writers do. */
  finishStream(number: number, trailer: string): this {
    const offset = this.#length;
    this.#writeStream(number, trailer);
    return this.#end(offset);
  }

  /** Closes the section with a table that calls compressed objects free, and a stream that knows them (7.5.8.4). */
  finishHybrid(number: number, trailer: string): this {
    const all = this.#section;
    const hidden = [...all].filter(([, entry]) => entry.kind === 'compressed');
    const streamOffset = this.#length;
    const previous = this.#previous;
    this.#section = new Map(hidden);
    this.#writeStream(number, trailer);
    this.#previous = previous;
    for (const [inner] of hidden) all.set(inner, { kind: 'free' });
    this.#section = all;
    const offset = this.#length;
    this.#writeTable(`${trailer} /XRefStm ${streamOffset}`);
    return this.#end(offset);
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  #enter(number: number, entry: Entry): void {
    this.#section.set(number, entry);
    this.#size = Math.max(this.#size, number + 1);
  }

  #end(offset: number): this {
    this.#previous = offset;
    this.#section = new Map();
    return this.raw(`startxref\n${offset}\n%%EOF\n`);
  }

  #writeTable(trailer: string): void {
    this.raw('xref\n');
    for (const [first, entries] of subsections(this.#section)) {
      this.raw(`${first} ${entries.length}\n`);
      for (const entry of entries) this.raw(tableEntry(entry));
    }
    this.raw(`trailer\n<< /Size ${this.#size} ${trailer}${this.#previousEntry()} >>\n`);
  }

  #writeStream(number: number, trailer: string): void {
    this.#enter(number, { kind: 'offset', offset: this.#length, generation: 0 });
    const index: number[] = [];
    const rows: Buffer[] = [];
    for (const [first, entries] of subsections(this.#section)) {
      index.push(first, entries.length);
      for (const entry of entries) rows.push(streamRow(entry));
    }
    const data = deflateSync(predictUp(rows));
    const parameters = '/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 7 >>';
    const where = `/W [1 4 2] /Index [${index.join(' ')}] /Size ${this.#size}`;
    this.stream(number, `/Type /XRef ${where} ${parameters} ${trailer}${this.#previousEntry()}`, data);
  }

  #previousEntry(): string {
    return this.#previous === undefined ? '' : ` /Prev ${this.#previous}`;
  }
}

function subsections(section: ReadonlyMap<number, Entry>): [first: number, entries: Entry[]][] {
  const runs: [number, Entry[]][] = [];
  for (const [number, entry] of [...section].sort(([one], [other]) => one - other)) {
    const last = runs.at(-1);
    if (last && last[0] + last[1].length === number) last[1].push(entry);
    else runs.push([number, [entry]]);
  }
  return runs;
}

function tableEntry(entry: Entry): string {
  if (entry.kind !== 'offset') return '0000000000 65535 f \n';
  return `${String(entry.offset).padStart(10, '0')} ${String(entry.generation).padStart(5, '0')} n \n`;
}

function streamRow(entry: Entry): Buffer {
  const row = Buffer.alloc(7);
  row[0] = entry.kind === 'free' ? 0 : entry.kind === 'offset' ? 1 : 2;
  row.writeUInt32BE(entry.kind === 'offset' ? entry.offset : entry.kind === 'compressed' ? entry.stream : 0, 1);
  row.writeUInt16BE(entry.kind === 'offset' ? entry.generation : entry.kind === 'compressed' ? entry.index : 0, 5);
  return row;
}

/** PNG's "up" prediction: each row as the difference to the one above. */
function predictUp(rows: readonly Buffer[]): Buffer {
  return Buffer.concat(
    rows.map((row, index) => {
      const above = rows[index - 1];
      return Buffer.from([2, ...row.map((byte, column) => byte - (above?.[column] ?? 0))]);
    }),
  );
}
