import { randomUUID } from 'node:crypto';
import { actorOf } from '#libs/platform/actor/actor.ts';
import { Claims } from '#libs/platform/actor/claims.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { fileComplaint } from '#services/complaint-ticket/intake/file-complaint.ts';
import type { TestNetwork } from '#test/support/network.ts';

/** One complaint of each of some schools, about a pupil of its own. */
export const addTickets = async (network: TestNetwork): Promise<void> => {
  const pupils = await asWorker(network.service('enrollment').core.worker, (tx) =>
    query<{ person_id: string; school: string }>(
      tx,
      'select distinct on (school) person_id, school from enrollment where active order by school, person_id',
    ),
  );
  for (const { person_id, school } of pupils) {
    const claims = {
      sub: `complains-${school}`,
      level: 'SCHOOL',
      school,
      roles: ['PRINCIPAL'],
      scope: 'student:read',
    };
    await fileComplaint(network.service('complaint-ticket').core, actorOf(Claims.parse(claims)), {
      ...{ idempotencyKey: randomUUID(), student: person_id, matter: '学籍信息有误' },
      reporter: { name: '测试反映人', phone: '13900000000' },
    });
  }
};
