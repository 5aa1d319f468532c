import type { IsoDate } from '#libs/law/dates.ts';
import type { Term } from '#libs/law/organization/term-calendar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { School } from '../entities.ts';
import type { Registrar } from '../registrar/registrar.ts';
import { registrarsById } from '../registrar/registrar-rows.ts';
import type { DutyDone, TermDuty, TermOfYear } from './duty.ts';
import { dutiesDone } from './duty-rows.ts';
import { judgeDuty } from './judge-duty.ts';
import { owesNotice } from './owes-notice.ts';
import { noTransfers, transfersIn } from './school-transfers.ts';
import { type TermAt, termsAt } from './term-at.ts';

/**
 * What counties and directly managed schools owe of a term and have done, by their codes, in the order of the tree.
 * Schools that were not there at the end of the term are left out.
 */
export const readDuties = async (
  tx: Tx,
  which: TermOfYear,
  owners: readonly string[],
  on: IsoDate,
): Promise<TermDuty[]> => {
  const schools = (await tx.find(School, { code: { $in: [...owners] } })).filter(owesNotice);
  const counties = owners.filter((owner) => owner.length === 6);
  const at = await termsAt(tx, [...counties, ...schools.map(({ county }) => county)], which, on);
  const done = await dutiesDone(tx, which, owners);
  const doers = await registrarsOf(tx, [...done.values()]);
  const standing = schools.filter(
    (school) => done.has(school.code) || isThere(school, at(school.county).term),
  );
  const transfersOf = await transfersIn(
    tx,
    standing.flatMap(({ code, county }) => {
      const { term } = at(county);
      return term === null ? [] : [{ school: code, term }];
    }),
  );

  const dutyOf = (owed: Pick<TermDuty, 'kind' | 'owner' | 'place'>, where: TermAt, school: School | null) => {
    const did = done.get(owed.owner) ?? null;
    const { term, law, unit } = where;
    const onRecord = school === null ? noTransfers : transfersOf(school.code);
    const managedBy = school?.managedBy ?? null;
    return {
      ...owed,
      ...{ county: unit.code, term, done: did, doneBy: did && (doers.get(did.owner) ?? null) },
      onRecord: school === null || term === null ? null : onRecord,
      findings: term === null ? where.findings : judgeDuty({ managedBy, term, done: did, onRecord }, on, law),
    };
  };
  return [
    ...counties.map((code) => {
      const where = at(code);
      return dutyOf({ kind: 'COUNTY_CHECK', owner: code, place: where.unit.lo }, where, null);
    }),
    ...standing.map((school) =>
      dutyOf(
        { kind: 'DIRECT_SCHOOL_NOTICE', owner: school.code, place: school.place },
        at(school.county),
        school,
      ),
    ),
  ].sort((a, b) => a.place - b.place);
};

/** Whether the school stood at the end of the term; now, where the term is not known. */
const isThere = ({ state, openedOn, endedOn }: School, term: Term | null): boolean =>
  term === null
    ? state === 'ACTIVE'
    : openedOn <= term.closesOn && (endedOn === null || term.closesOn < endedOn);

/** The registrars who did them, by the code of the county or school, as far as they lie in the scope. */
const registrarsOf = async (tx: Tx, done: readonly DutyDone[]): Promise<Map<string, Registrar>> => {
  const found = await query<{ id: string }>(
    tx,
    `select distinct on (r.workplace) r.registrar_id as id
     from unnest($1::text[], $2::text[]) as d (workplace, subject)
       join registrar r on r.workplace = d.workplace and r.subject = d.subject
     order by r.workplace, r.registrar_id desc`,
    [done.map(({ owner }) => owner), done.map(({ doneBy }) => doneBy)],
  );
  const registrars = await registrarsById(
    tx,
    found.map(({ id }) => id),
  );
  return new Map(registrars.map((registrar) => [registrar.workplace, registrar]));
};
