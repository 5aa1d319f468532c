import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { securedByPlace } from '#libs/platform/database/tables.ts';

/**
 * Places that are held for pupils who are to come from another school (TRF-09), and what became of each move, so that it
 * is done once for a case.
 */
const transferTables = [
  `create table place_reservation (
    transfer_id uuid primary key, school text not null, place bigint not null, stage text not null,
    entry_year_adj int not null, class_id uuid, state text not null, held_at timestamptz not null,
    ended_at timestamptz,
    foreign key (class_id) references school_class (class_id) on update no action,
    check (state in ('HELD', 'TAKEN', 'RELEASED')), check ((state = 'HELD') = (ended_at is null)))`,
  `create index place_reservation_cohort on place_reservation (school, stage, entry_year_adj) where state = 'HELD'`,
  `create index place_reservation_class on place_reservation (class_id) where state = 'HELD'`,
  `create table transfer_move (
    transfer_id uuid primary key, person_id uuid not null, enrollment_id uuid not null, place bigint not null,
    from_school text not null, into_school text not null, moved_at timestamptz not null)`,
];

export const transferSteps: readonly SchemaStep[] = [
  {
    name: '025-transfers',
    statements: (roles) => {
      enforces('PRV-12');
      return [
        ...transferTables,
        ...securedByPlace('place_reservation', roles, false),
        `revoke insert, update, delete on place_reservation from ${roles.app}`,
        `revoke delete on place_reservation from ${roles.worker}`,
        ...securedByPlace('transfer_move', roles, false),
        `revoke all on transfer_move from ${roles.app}`,
        `revoke update, delete on transfer_move from ${roles.worker}`,
      ];
    },
  },
  {
    // A class is owed to who came across provinces, from the move on and until the first placement (TRF-48).
    name: '026-classes-owed',
    statements: () => [
      `alter table enrollment add column class_owed_since timestamptz, add column class_placed_at timestamptz`,
    ],
  },
];

/** From when the grade of who was moved while away stands still: the place is theirs until they sit there (TRF-09, TRF-21). */
export const awaitedSteps: readonly SchemaStep[] = [
  {
    name: '027-pupils-awaited',
    statements: () => [
      `alter table transfer_move add column frozen_at timestamptz`,
      `create index transfer_move_person on transfer_move (person_id)`,
    ],
  },
];
