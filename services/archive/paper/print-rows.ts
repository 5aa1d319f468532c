import type { ArchiveCategory } from '#libs/law/archive/categories.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Archive } from '../archives/archive.ts';

/** What of an archive was printed, for what, and who keeps it. */
export type Print = {
  person: string;
  number: number;
  categories: ArchiveCategory[];
  reason: string | null;
  keeper: string | null;
  printedOn: string;
};

/** The prints of persons' archives, as far as the scope covers them, oldest first. */
export const printsOf = (tx: Tx, persons: readonly string[]): Promise<Print[]> =>
  query<Print>(
    tx,
    `select person_id as person, print as number, categories, reason, keeper, printed_on::text as "printedOn"
     from archive_paper where person_id = any($1::uuid[]) order by person_id, print`,
    [[...persons]],
  );

/** Writes a print. */
export const insertPrint = (tx: Tx, archive: Archive, print: Print, by: string): Promise<number> =>
  execute(
    tx,
    `insert into archive_paper (person_id, print, source_place, target_place, categories, reason, keeper, printed_on,
       printed_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[print.person, print.number, archive.custodianPlace, archive.place],
      ...[print.categories, print.reason, print.keeper, print.printedOn, by],
    ],
  );
