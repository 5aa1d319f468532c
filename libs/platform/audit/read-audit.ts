import type { MikroORM } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor/actor.ts';
import { single } from '../database/scope.ts';
import { badInput } from '../errors/errors.ts';
import { together } from '../service/together.ts';

/** Collects, during one operation, whose identifying data it reads (PRV-13). */
export type ReadTrail = {
  read(person: string): void;
  /** A value left in full where the default is masked (PRV-14). */
  readFull(person: string): void;
  /** Writes the one audit row of the operation; must be called before the answer leaves. */
  keep(operation: string, at: string): Promise<void>;
};

/** Names of operations and purposes are the caller's words: numbers of persons and telephones do not stay in them. */
const withoutNumbers = (words: string): string => words.replaceAll(/\p{Nd}{11,}[XxＸｘ]?/gu, '…');

/** Something that was learned outside of an operation of the graph, or without a person of this service being read: a line of its own. */
export type AccessNote = {
  caller: string;
  unit: string | undefined;
  operation: string;
  /** A closed word of ours for what was learned. */
  purpose: 'IMPORT_REPORT' | 'DUPLICATE_QUESTION' | 'ARCHIVE_PAPER' | 'TICKET_PAPER' | 'STATISTICS';
  /** Whom it was about, where that is known. */
  persons?: readonly string[];
  full: boolean;
};

/** Writes the line down; what cannot be written down must not be answered (PRV-13). */
export const keepNote = (orm: MikroORM, note: AccessNote, at: string): Promise<void> =>
  keepLine(orm, {
    ...{ caller: note.caller, unit: note.unit ?? null, operation: note.operation, purpose: note.purpose },
    ...{ persons: note.persons ?? [], full_values: note.full, at },
  });

/** A line as its columns are named. */
type Line = {
  caller: string;
  unit: string | null;
  operation: string;
  purpose: string | null;
  persons: readonly string[];
  full_values: boolean;
  at: string;
};

/** Appends to the log, which no request reads: no scope is needed. */
const writeLines = (orm: MikroORM, lines: readonly Line[]): Promise<unknown> =>
  single(
    orm,
    `insert into read_audit (id, caller, unit, operation, purpose, persons, full_values, at)
     select id, caller, unit, operation, purpose, persons, full_values, at from jsonb_to_recordset($1::jsonb)
       as line (id uuid, caller text, unit text, operation text, purpose text, persons uuid[], full_values boolean,
                at timestamptz)
     on conflict do nothing`,
    [JSON.stringify(lines.map((line) => ({ id: uuidv7(), ...line })))],
  );

/** One log's lines that are being written, and those that came meanwhile. */
const writers = new WeakMap<MikroORM, (line: Line) => Promise<unknown>>();

/** Lines of operations that end at the same time go down together; each waits until its own is written. */
const keepLine = async (orm: MikroORM, line: Line): Promise<void> => {
  const known = writers.get(orm) ?? together<Line>((lines) => writeLines(orm, lines));
  writers.set(orm, known);
  await known(line);
};

/** More persons than this in one operation is a bulk read and needs a purpose. */
export const bulkRead = 100;

export type TrailOptions = {
  orm: MikroORM;
  actor: Actor | null;
  purpose: string | undefined;
  /** The grant under which another system reads: its purpose stands there (PRV-05). */
  grant?: string | undefined;
};

/** What a line says of the purpose: the grant, and the caller's words. */
const purposeOf = ({ purpose, grant }: Pick<TrailOptions, 'purpose' | 'grant'>): string | null => {
  const words = purpose === undefined ? [] : [withoutNumbers(purpose).slice(0, 500)];
  const said = [...(grant === undefined ? [] : [`DISCLOSURE ${grant}`]), ...words];
  return said.length === 0 ? null : said.join(' ');
};

export const createReadTrail = ({ orm, actor, purpose, grant }: TrailOptions): ReadTrail => {
  const persons = new Set<string>();
  let full = false;
  return {
    read: (person) => void persons.add(person),
    readFull: (person) => {
      persons.add(person);
      full = true;
    },
    keep: async (operation, at) => {
      if (persons.size === 0) return;
      if (persons.size > bulkRead && grant === undefined && !purpose?.trim()) {
        throw badInput([
          {
            path: ['x-purpose'],
            code: 'PURPOSE_MISSING',
            message: `一次读取超过 ${bulkRead} 名学生须在 x-purpose 写明用途（PRV-13）。`,
          },
        ]);
      }
      await keepLine(orm, {
        caller: actor?.subject ?? 'nobody',
        unit: actor?.school ?? actor?.unit ?? null,
        operation: withoutNumbers(operation).slice(0, 200),
        purpose: purposeOf({ purpose, grant }),
        persons: [...persons],
        full_values: full,
        at,
      });
    },
  };
};
