import type { MikroORM } from '@mikro-orm/postgresql';
import type { ReadsOfDay } from '#libs/contracts/commands/standing.ts';
import { singleRow } from '../database/scope.ts';

const days = 7;
const dayLength = 86_400_000;
const zone = '+08:00';

const dayOf = (at: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date(at));

const countDay = async (orm: MikroORM, day: string): Promise<ReadsOfDay> => {
  const from = new Date(`${day}T00:00:00${zone}`);
  const { operations, persons } = await singleRow<{ operations: string; persons: string }>(
    orm,
    `select count(*) as operations, coalesce(sum(cardinality(persons)), 0) as persons from read_audit
     where at >= $1 and at < $2`,
    [from.toISOString(), new Date(from.getTime() + dayLength).toISOString()],
  );
  return { day, operations: Number(operations), persons: Number(persons) };
};

/**
 * Counts what the log of readings holds of the last seven days, the present one first (PRV-13); never whom they were about. A
 * day that was over when it was counted is not counted again: no line comes late by more than an operation takes.
 */
export const createReadCounts = (orm: MikroORM, now: () => string): (() => Promise<ReadsOfDay[]>) => {
  const finished = new Map<string, ReadsOfDay>();
  return async () => {
    const at = Date.parse(now());
    const wanted = Array.from({ length: days }, (_, ago) => dayOf(at - ago * dayLength));
    const counts: ReadsOfDay[] = [];
    for (const day of wanted) counts.push(finished.get(day) ?? (await countDay(orm, day)));
    for (const counted of counts.slice(2)) finished.set(counted.day, counted);
    for (const day of finished.keys()) if (!wanted.includes(day)) finished.delete(day);
    return counts;
  };
};
