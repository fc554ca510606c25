import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ByteSource } from '../byte-source.ts';

/** What pdfium, the reader of Chrome, says of a PDF. */
export interface PdfiumOpinion {
  /** Pages that it finds by their number, one by one; null where it cannot open the file. */
  readonly pages: number | null;
  readonly failure: PdfiumFailure | null;
}

/** By FPDF_GetLastError. */
const failures = ['success', 'unknown', 'file', 'format', 'password', 'security', 'page'] as const;
export type PdfiumFailure = (typeof failures)[number];

export type AskPdfium = (source: ByteSource) => PdfiumOpinion;

/** The part of the library that is used here; its own types need those of Emscripten. */
interface Library {
  readonly pdfium: {
    readonly HEAPU8: Uint8Array;
    readonly wasmExports: { malloc(size: number): number };
    addFunction(
      call: (parameter: number, position: number, target: number, size: number) => number,
      kind: string,
    ): number;
  };
  PDFiumExt_Init(): void;
  FPDF_LoadCustomDocument(access: number, password: string): number;
  /** What the page tree declares. */
  FPDF_GetPageCount(document: number): number;
  FPDF_GetPageSizeByIndexF(document: number, index: number, size: number): boolean;
  FPDF_GetLastError(): number;
  FPDF_CloseDocument(document: number): void;
}

/** More than any archive volume has; a hostile file may declare billions. */
const mostPages = 1_000_000;

/** FPDF_FILEACCESS holds the length in 32 bits. */
const longestFile = 2 ** 32 - 1;

/** Loads the library, some 20 MB; it reads the blocks that it needs by itself. For one thread: calls do not overlap. */
export async function loadPdfium(): Promise<AskPdfium> {
  const { init } = await import('@embedpdf/pdfium');
  const wasm = readFileSync(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  const library = (await init({ wasmBinary } as Parameters<typeof init>[0])) as unknown as Library;
  library.PDFiumExt_Init();
  return prepare(library);
}

function prepare(library: Library): AskPdfium {
  const { pdfium } = library;
  let current: ByteSource | undefined;
  const readBlock = pdfium.addFunction((_parameter, position, target, size) => {
    const bytes = current?.read(position >>> 0, size >>> 0);
    if (!bytes || bytes.length !== size >>> 0) return 0;
    pdfium.HEAPU8.set(bytes, target >>> 0);
    return 1;
  }, 'iiiii');
  const access = pdfium.wasmExports.malloc(12);
  const pageSize = pdfium.wasmExports.malloc(8);
  return (source) => {
    if (source.size > longestFile) return { pages: null, failure: 'file' };
    current = source;
    try {
      const structure = new DataView(pdfium.HEAPU8.buffer, access, 12);
      for (const [index, word] of [source.size, readBlock, 0].entries()) structure.setUint32(index * 4, word, true);
      return count(library, access, pageSize);
    } finally {
      current = undefined;
    }
  };
}

/** FPDF_GetPageCount tells what the file declares: so each page is asked for by its number. */
function count(library: Library, access: number, pageSize: number): PdfiumOpinion {
  const document = library.FPDF_LoadCustomDocument(access, '');
  if (document === 0) return { pages: null, failure: failures[library.FPDF_GetLastError()] ?? 'unknown' };
  try {
    const declared = Math.min(library.FPDF_GetPageCount(document), mostPages);
    let pages = 0;
    for (let index = 0; index < declared; index += 1) {
      if (library.FPDF_GetPageSizeByIndexF(document, index, pageSize)) pages += 1;
    }
    return { pages, failure: null };
  } finally {
    library.FPDF_CloseDocument(document);
  }
}
