import { createHash } from 'node:crypto';

/** A line of the access log as it is sealed; times as RFC 3339 in UTC. */
export type AuditLine = {
  id: string;
  caller: string;
  unit: string | null;
  operation: string;
  purpose: string | null;
  persons: readonly string[];
  fullValues: boolean;
  at: string;
};

/** A seal over a batch of lines, tied to the seal before it. */
export type Seal = {
  seq: number;
  lines: number;
  root: Buffer;
  previous: Buffer;
  sealedAt: string;
  hash: Buffer;
};

const sha256 = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const leafMark = Uint8Array.of(0);
const nodeMark = Uint8Array.of(1);

/** What the first seal is tied to. */
export const noSeal: Buffer = Buffer.alloc(32);

const textOf = (line: AuditLine): string =>
  JSON.stringify([
    line.id,
    line.caller,
    line.unit,
    line.operation,
    line.purpose,
    line.persons,
    line.fullValues,
    line.at,
  ]);

const rootOf = (nodes: readonly Buffer[]): Buffer => {
  const [only] = nodes;
  if (only === undefined) return sha256();
  if (nodes.length === 1) return only;
  let split = 1;
  while (split * 2 < nodes.length) split *= 2;
  return sha256(nodeMark, rootOf(nodes.slice(0, split)), rootOf(nodes.slice(split)));
};

/** Root of the Merkle tree over lines in their order (RFC 9162, section 2.1, with SHA-256). */
export const merkleRoot = (lines: readonly AuditLine[]): Buffer =>
  rootOf(lines.map((line) => sha256(leafMark, textOf(line))));

/** Seals a batch: its root, its number and length, and the hash of the seal before it. */
export const sealOf = (previous: Seal | undefined, lines: readonly AuditLine[], sealedAt: string): Seal => {
  const seq = (previous?.seq ?? 0) + 1;
  const before = previous?.hash ?? noSeal;
  const root = merkleRoot(lines);
  return {
    seq,
    lines: lines.length,
    root,
    previous: before,
    sealedAt,
    hash: hashOf(seq, lines.length, root, before, sealedAt),
  };
};

export const hashOf = (
  seq: number,
  lines: number,
  root: Buffer,
  previous: Buffer,
  sealedAt: string,
): Buffer => sha256(`${seq}|${lines}|${sealedAt}|`, root, previous);

/** What is wrong with a sealed log, and where. */
export type ChainFault = {
  seq: number;
  fault: 'LINES_CHANGED' | 'SEAL_CHANGED' | 'SEAL_MISSING' | 'CHAIN_SHORTENED' | 'CHAIN_REPLACED';
};

/** A seal that was seen before, kept outside of the database. */
export type Anchor = { seq: number; hash: string };

const faultsOfSeal = (seal: Seal, lines: readonly AuditLine[], previous: Buffer): ChainFault[] => [
  ...(seal.lines === lines.length && seal.root.equals(merkleRoot(lines))
    ? []
    : [{ seq: seal.seq, fault: 'LINES_CHANGED' as const }]),
  ...(seal.previous.equals(previous) &&
  seal.hash.equals(hashOf(seal.seq, seal.lines, seal.root, seal.previous, seal.sealedAt))
    ? []
    : [{ seq: seal.seq, fault: 'SEAL_CHANGED' as const }]),
];

/** Checks seals one after the other in their order; keeps nothing but where it stands. */
export class ChainCheck {
  #next = 1;
  #previous = noSeal;
  readonly #anchor: Anchor | undefined;
  readonly faults: ChainFault[] = [];

  constructor(anchor?: Anchor) {
    this.#anchor = anchor;
  }

  take(seal: Seal, lines: readonly AuditLine[]): void {
    for (; this.#next < seal.seq; this.#next++) this.faults.push({ seq: this.#next, fault: 'SEAL_MISSING' });
    this.faults.push(...faultsOfSeal(seal, lines, this.#previous));
    if (this.#anchor?.seq === seal.seq && this.#anchor.hash !== seal.hash.toString('hex')) {
      this.faults.push({ seq: seal.seq, fault: 'CHAIN_REPLACED' });
    }
    this.#previous = seal.hash;
    this.#next = seal.seq + 1;
  }

  /** The last seal, to be kept as the anchor of the next check; a chain that ends before the anchor was cut. */
  end(): Anchor {
    const seq = this.#next - 1;
    if (this.#anchor !== undefined && seq < this.#anchor.seq) {
      this.faults.push({ seq: this.#anchor.seq, fault: 'CHAIN_SHORTENED' });
    }
    return { seq, hash: this.#previous.toString('hex') };
  }
}
