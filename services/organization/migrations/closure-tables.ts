import type { SchemaStep } from '#libs/platform/database/migrate.ts';

/** Closures that were decided and wait: for the last pupil to go, and for the archives to be where they are kept (ARC-14). */
export const closureSteps: readonly SchemaStep[] = [
  {
    name: '009-closures',
    statements: ({ app, worker }) => [
      `create table school_closure (
        closure_id uuid primary key, school text not null, reason text not null, decided_by text not null,
        decided_at timestamptz not null, settled_at timestamptz, ended_at timestamptz,
        foreign key (school) references school (code) on update no action)`,
      `create unique index school_closure_open on school_closure (school) where ended_at is null`,
      `create index school_closure_school on school_closure (school, decided_at)`,
      `revoke delete on school_closure from ${app}, ${worker}`,
      `revoke update on school_closure from ${app}`,
    ],
  },
  {
    name: '010-revoked-closures',
    statements: ({ app }) => [
      `alter table school_closure add column revoked boolean not null default false`,
      `grant update (ended_at, revoked) on school_closure to ${app}`,
    ],
  },
];
