/** How the bytes of a part of a container are stored. */
export type Compression = 'stored' | 'deflate';

/** A part of a container (a zip file) that holds the content of one file. */
export interface ContentPart {
  /** Of its first stored byte in the container. */
  readonly offset: number;
  /** Stored bytes. */
  readonly length: number;
  readonly compression: Compression;
  /** Bytes of the content, as the container states them. */
  readonly size: number;
  /** Of the content, as the container states it. */
  readonly crc32: number;
}

/** Where the bytes of a file lie: in a file of their own, or in a part of one. Plain data: it crosses to the workers. */
export interface ContentLocation {
  /** Path in the file system: of the file itself, or of the container. */
  readonly file: string;
  readonly part?: ContentPart | undefined;
}

/** How the content of a part differs from what its container states. */
export type PartDamage = 'size' | 'crc' | 'stream';

/** The content of a part is not what its container states. Shaped like a failure of the system: the bytes cannot be had. */
export class PartDamagedError extends Error {
  override readonly name = 'PartDamagedError';
  readonly code = 'EBADMSG';
  readonly syscall = 'read';
  readonly damage: PartDamage;

  constructor(damage: PartDamage, options?: { cause?: unknown }) {
    super(`content damaged: ${damage}`, options);
    this.damage = damage;
  }
}
