import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { type DataOf, dataSchemaOf, type Envelope, type EventKind } from '#libs/contracts/envelope.ts';
import { EnrollmentHandedOver, EnrollmentRegistered } from '#libs/contracts/events/enrollment.ts';
import { EnrollmentMarksChanged } from '#libs/contracts/events/enrollment-marks.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import { StudentReturned, StudentWentAbroad } from '#libs/contracts/events/enrollment-status.ts';
import {
  SchoolClosureDecided,
  SchoolClosureRevoked,
  SchoolMerged,
} from '#libs/contracts/events/organization.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { plainMarks } from '#test/service/statistics/events.ts';
import { schoolTold, unitsTold } from '#test/service/statistics/nation.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';

/** A school of a life, in one of two counties of Taiyuan. */
export type Site = { code: string; place: number; authority: string; province: string };
/** A student whose file is followed. */
export type Child = { person: string; enrollment: string };
/** What the archive says of a file. */
export type Filed = {
  person: string;
  custodian: string;
  wanted: string | null;
  onItsWay: boolean;
  copies: string[];
  entries: number;
};

const position = { stage: 'PRIMARY' as const, entryYearAdj: 2023, lastGrade: 6, frozenAt: null };

/** The archive alone, told by the test what the other services tell it, and asked over its own graph. */
export const startLifeWorld = async () => {
  const network: TestNetwork = await startNetwork({ services: ['archive'] });
  const archive = network.service('archive');
  let schools = 0;

  const envelope = <Kind extends EventKind>(kind: Kind, subject: string, data: DataOf<Kind>): Envelope => ({
    ...{ specversion: '1.0', id: uuidv7(), source: kind.source, type: kind.type },
    ...{ time: network.clock.now(), subject, dataschema: dataSchemaOf(kind), data },
    ...{ datacontenttype: 'application/json', aggregateversion: 1 },
  });
  /** Takes events of one source in, as the inboxes of the service would. */
  const tell = async (...events: readonly Envelope[]): Promise<void> => {
    for (const projection of archive.projections) {
      const used = events.filter(
        ({ source, type }) =>
          projection.sources.includes(source) && (projection.types?.includes(type) ?? true),
      );
      if (used.length === 0) continue;
      await asWorker(archive.core.worker, (tx) => projection.apply(tx, used));
      projection.applied?.(used);
    }
  };
  const seatOf = ({ code, place, province }: Site) => ({ school: code, place, province });

  const deskOf = (unit: string, role = 'REGISTRAR') => ({
    ...{ sub: `${role}-${unit}`, roles: [role], scope: Object.values(SCOPES).join(' '), acr: TWO_FACTORS },
    ...(unit.length === 10
      ? { level: 'SCHOOL', school: unit }
      : { level: 'COUNTY', unit, department: 'ADMINISTRATIVE' }),
  });
  const ask = async <Data>(desk: object, text: string, variables: Record<string, unknown>): Promise<Data> => {
    const token = await network.tokenFor({ ...desk });
    const { data, errors } = await network.graphql<Data>('archive', token, text, variables);
    if (errors.length > 0 || data == null) throw new Error(JSON.stringify(errors));
    return data;
  };
  const order = async (unit: string, name: string, type: string, input: Record<string, unknown>) => {
    const done = await ask<Record<string, { findings: { code: string; outcome: string }[] }>>(
      deskOf(unit),
      `mutation ($input: ${type}!) { ${name}(input: $input) { findings { code outcome } } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
    const against = (done[name]?.findings ?? []).filter(
      ({ outcome }) => outcome === 'REJECT' || outcome === 'HOLD',
    );
    return against.map(({ code }) => code);
  };
  const versionOf = async (person: string): Promise<number> => {
    const rows = await asWorker(archive.core.worker, (tx) =>
      query<{ version: number }>(tx, 'select version from archive where person_id = $1', [person]),
    );
    return rows[0]?.version ?? 0;
  };
  await tell(...unitsTold());

  return {
    network,
    tell,
    envelope,
    deskOf,
    ask,
    order,
    seatOf,
    /** A school that was not there before. */
    newSchool: async (): Promise<Site> => {
      const authority = schools % 2 === 0 ? '140105' : '140106';
      const code = `2114${String(900_000 + ++schools)}`;
      const site = {
        code,
        place: Number(authority) * 100_000 + 500 + schools,
        authority,
        province: '140000',
      };
      await tell(schoolTold({ ...site, name: code }));
      return site;
    },
    registers: async (site: Site, person: string = uuidv7()): Promise<Child> => {
      const enrollment = uuidv7();
      await tell(
        envelope(EnrollmentRegistered, person, {
          ...{ person, enrollment, ...seatOf(site), stage: 'PRIMARY', entryYearAdj: 2023, lastGrade: 6 },
          ...{ marks: plainMarks, status: 'IN_SCHOOL', channel: 'PRIMARY_GRADE_ONE' },
        }),
      );
      return { person, enrollment };
    },
    handsOver: (child: Child, from: Site, to: Site, reason: 'TRANSFER' | 'GOING_ON') =>
      tell(
        envelope(EnrollmentHandedOver, child.person, {
          ...{ ...child, ...seatOf(to), stage: 'PRIMARY', entryYearAdj: 2023, lastGrade: 6 },
          ...{ marks: plainMarks, status: 'IN_SCHOOL', reason },
          from: { enrollment: child.enrollment, ...seatOf(from) },
        }),
      ),
    leavesTheCountry: (child: Child, at: Site) =>
      tell(
        envelope(StudentWentAbroad, child.person, {
          ...{ ...child, ...seatOf(at), status: 'ABROAD', position, case: null },
        }),
      ),
    comesBack: (child: Child, at: Site) =>
      tell(
        envelope(StudentReturned, child.person, {
          ...{ ...child, ...seatOf(at), status: 'IN_SCHOOL', position, case: null },
        }),
      ),
    /** Something about specialised education, which names nothing and of which no file hears (ARC-19). */
    isMarked: (child: Child, at: Site) =>
      tell(envelope(EnrollmentMarksChanged, child.person, { ...child, ...seatOf(at) })),
    merges: async (children: readonly Child[], from: Site, into: Site) => {
      const merger = uuidv7();
      await tell(
        ...children.map((child) =>
          envelope(EnrollmentMoved, child.person, {
            ...{ ...child, ...seatOf(into), status: 'IN_SCHOOL', position, merger, from: seatOf(from) },
          }),
        ),
      );
      await tell(
        envelope(SchoolMerged, `merger:${merger}`, {
          ...{ merger, kind: 'MERGER', school: from.code, into: into.code, on: network.clock.today() },
          ...{ moved: children.length, province: from.province },
        }),
      );
    },
    /** The authority decides to close a school, and who keeps its archives. */
    closes: async ({ code, place, authority, province }: Site, unit: string | null): Promise<string> => {
      const closure = uuidv7();
      await tell(
        envelope(SchoolClosureDecided, `closure:${closure}`, {
          ...{ closure, school: code, place, authority, competentAuthority: authority, province },
        }),
      );
      await ask(
        deskOf(authority, 'DECISION_MAKER'),
        `mutation ($input: DesignateCustodianInput!) {
          designateCustodian(input: $input) { closure { archivesLeft } findings { code } } }`,
        { input: { idempotencyKey: randomUUID(), school: code, unit } },
      );
      return closure;
    },
    /** The authority takes the closure of a school back. */
    staysOpen: ({ code, place, authority, province }: Site, closure: string) =>
      tell(
        envelope(SchoolClosureRevoked, `closure:${closure}`, {
          ...{ closure, school: code, place, authority, province },
        }),
      ),
    step: async (unit: string, name: string, { person }: Child) =>
      order(unit, name, name === 'sendBackArchive' ? 'ArchiveSendBackInput' : 'ArchiveHandOverInput', {
        ...{ student: person, expectedVersion: await versionOf(person) },
        ...(name === 'sendBackArchive' && { reason: 'NOT_WHOLE' }),
      }),
    award: (unit: string, { person }: Child) =>
      order(unit, 'recordAward', 'RecordAwardInput', {
        ...{ student: person, level: 'COUNTY', title: '三好学生', awardedOn: network.clock.today() },
      }),
    atRest: () => archive.atRest(),
    filed: (children: readonly Child[]): Promise<Filed[]> =>
      asWorker(archive.core.worker, (tx) =>
        query<Filed>(
          tx,
          `select person_id as person, custodian, owed_to as wanted, passed_on_on is not null as "onItsWay", copies, entries
           from archive where person_id = any($1::uuid[])`,
          [children.map(({ person }) => person)],
        ),
      ),
    /** Copies of a file as they were stored, by the unit that stored them. */
    copies: ({ person }: Child): Promise<{ unit: string; entries: number; held: number }[]> =>
      asWorker(archive.core.worker, (tx) =>
        query(
          tx,
          `select c.unit, c.entries, (select count(*)::int from archive_copy_entry e
             where e.person_id = c.person_id and e.unit = c.unit) as held
           from archive_copy c where c.person_id = $1`,
          [person],
        ),
      ),
    /** The lines of a life as they are kept. */
    lines: ({ person }: Child): Promise<{ kind: string }[]> =>
      asWorker(archive.core.worker, (tx) =>
        query(tx, 'select kind from life_line where person_id = $1', [person]),
      ),
    /** The rules of what was told to be on record of a file. */
    lapsesTold: async (person: string): Promise<string[]> =>
      (
        await asWorker(archive.core.worker, (tx) =>
          query<{ rule: string }>(
            tx,
            `select event -> 'data' ->> 'rule' as rule from event_log
             where type = 'ArchiveLapseRecorded' and event -> 'data' ->> 'person' = $1`,
            [person],
          ),
        )
      ).map(({ rule }) => rule),
    /** What the keeper of a file sees of it, and how it stood at the end of a day. */
    seen: async (unit: string, { person }: Child, day: string) =>
      ask<{
        studentArchive: {
          intact: boolean;
          sections: { entries: { kind: string; change: string | null }[] }[];
        };
        _entities: {
          recordAsOf: { school: { id: string }; custodian: { code: string }; entries: { number: number }[] };
        }[];
      }>(
        deskOf(unit),
        `query ($id: ID!, $r: [_Any!]!, $day: Date!) {
          studentArchive(student: $id) { intact sections { entries { number kind change } } }
          _entities(representations: $r) { ... on Student {
            recordAsOf(day: $day) { school { id } custodian { code } entries { number } } } } }`,
        { id: person, r: [{ __typename: 'Student', id: person }], day },
      ),
  };
};
export type LifeWorld = Awaited<ReturnType<typeof startLifeWorld>>;
