/**
 * Faults of the system or of the data transmission, for which part of the tree and from when to when (TRF-24). They are
 * about nobody: everyone who works with transfers may read them.
 */
export const faultTables = [
  `create table transfer_fault (
    reference text primary key, unit text not null, lo bigint not null, hi bigint not null,
    began_at timestamptz not null, description text not null, declared_by text not null, declared_at timestamptz not null,
    ended_at timestamptz, ended_by text, version int not null,
    constraint transfer_fault_lasts check (ended_at is null or ended_at >= began_at))`,
  `create index transfer_fault_began on transfer_fault (began_at desc, reference)`,
];
