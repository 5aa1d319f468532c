import { randomUUID } from 'node:crypto';
import { dataSchemaOf } from '#libs/contracts/envelope.ts';
import { EnrollmentCaseMoved } from '#libs/contracts/events/enrollment-case.ts';
import { actorOf } from '#libs/platform/actor/actor.ts';
import { Claims } from '#libs/platform/actor/claims.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { followsCases } from '#services/complaint-ticket/cases/projection.ts';
import { fileComplaint } from '#services/complaint-ticket/intake/file-complaint.ts';
import type { TestNetwork } from '#test/support/network.ts';

type Pupil = { person_id: string; school: string; place: string };

/** A case about a registration as its owner would tell of it: it is the school's turn. */
const caseOf = ({ person_id: person, school, place }: Pupil) => {
  const id = randomUUID();
  const event = {
    ...{
      specversion: '1.0' as const,
      id: randomUUID(),
      source: 'enrollment',
      type: EnrollmentCaseMoved.type,
    },
    ...{ time: '2026-09-02T09:00:00.000+08:00', subject: `case:${id}`, aggregateversion: 1 },
    ...{ dataschema: dataSchemaOf(EnrollmentCaseMoved), datacontenttype: 'application/json' as const },
    data: {
      ...{ case: id, kind: 'SUSPENSION', person, school, place: Number(place), province: '140000' },
      ...{
        state: 'RUNNING',
        turn: { party: 'SCHOOL', unit: school, dueOn: '2026-09-16', provisional: false },
      },
    },
  };
  return { id: `${person}.${id}`, event };
};

/** One complaint of each of some schools, about a case of a pupil of its own. */
export const addTickets = async (network: TestNetwork): Promise<void> => {
  const pupils = await asWorker(network.service('enrollment').core.worker, (tx) =>
    query<Pupil>(
      tx,
      'select distinct on (school) person_id, school, place from enrollment where active order by school, person_id',
    ),
  );
  const { core } = network.service('complaint-ticket');
  for (const pupil of pupils) {
    const { person_id, school } = pupil;
    const { id, event } = caseOf(pupil);
    await asWorker(core.worker, (tx) => followsCases.apply(tx, [event]));
    const claims = {
      sub: `complains-${school}`,
      level: 'SCHOOL',
      school,
      roles: ['PRINCIPAL'],
      scope: 'student:read',
    };
    await fileComplaint(core, actorOf(Claims.parse(claims)), {
      ...{ idempotencyKey: randomUUID(), student: person_id, matter: '学籍信息有误' },
      case: { kind: 'ENROLLMENT', id },
      reporter: { name: '测试反映人', phone: '13900000000' },
    });
  }
};
