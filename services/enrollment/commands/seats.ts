import { ClassAssigned } from '#libs/contracts/events/enrollment.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';

/** A class as it is locked while pupils are placed. */
export type ClassRow = {
  class_id: string;
  school: string;
  place: string;
  stage: string;
  entry_year_adj: number;
  name: string;
  capacity: number;
  size: number;
};

/** A pupil as locked while being placed; `version` is the one before. */
export type SeatedPupil = {
  person: string;
  enrollment: string;
  class_id: string | null;
  province: string;
  version: number;
};

/** Seats pupils in a class: the seats they had are given up, both sizes follow, and each move is told (ENR-16). */
export const seat = async (
  tx: Tx,
  at: string,
  row: ClassRow,
  pupils: readonly SeatedPupil[],
): Promise<void> => {
  const moving = pupils.filter((pupil) => pupil.class_id !== row.class_id);
  if (moving.length === 0) return;
  const persons = moving.map((pupil) => pupil.person);
  await execute(
    tx,
    `update school_class c set size = c.size - l.n, version = c.version + 1
     from (select class_id, count(*)::int as n from enrollment where person_id = any($1::uuid[]) and active
             and class_id is not null group by class_id) l where c.class_id = l.class_id`,
    [persons],
  );
  await execute(tx, 'update school_class set size = size + $2, version = version + 1 where class_id = $1', [
    row.class_id,
    moving.length,
  ]);
  await execute(
    tx,
    `update enrollment set class_id = $2,
       class_placed_at = case when class_owed_since is not null then coalesce(class_placed_at, $3) end
     where person_id = any($1::uuid[]) and active`,
    [persons, row.class_id, at],
  );
  await execute(tx, 'update pupil set version = version + 1 where person_id = any($1::uuid[])', [persons]);
  await recordEvents(
    tx,
    at,
    moving.map((pupil) =>
      recorded(ClassAssigned, pupil.person, pupil.version + 1, {
        person: pupil.person,
        enrollment: pupil.enrollment,
        school: row.school,
        place: Number(row.place),
        province: pupil.province,
        schoolClass: row.class_id,
      }),
    ),
  );
};
