import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Resolvers } from '../generated/types.ts';
import { judgeAttendance } from './attendance.ts';

/** Resolvers of pupils who attend a school while they are registered elsewhere. */
export const createAttendanceViews = (
  core: Pick<ServiceCore, 'clock' | 'directory'>,
): Pick<Resolvers, 'TransferAttendance'> => ({
  TransferAttendance: {
    student: ({ person }) => ({ id: person }),
    source: ({ source }) => ({ id: source.school }),
    target: ({ target }) => ({ id: target.school }),
    startedOn: ({ doneOn }) => doneOn,
    deadline: ({ dueOn, provisional }) => (dueOn === null ? null : { on: dueOn, provisional }),
    overdue: ({ dueOn, provisional, doneOn, endedOn }) =>
      dueOn !== null && !provisional && dueOn < (doneOn ?? endedOn ?? core.clock.today()),
    transfer: async ({ person, transfer }, _, { cases }) =>
      transfer === null
        ? null
        : ((await cases.ofPerson.load(person)).find(({ id }) => id === transfer) ?? null),
    findings: async (attendance) => {
      const { school: code, province } = attendance.target;
      const school = await core.directory.school(code);
      return judgeAttendance(
        attendance,
        core.clock.today(),
        school ? lawPlaceOfSchool(school) : { province },
      );
    },
    allowedActions: ({ target, doneOn, endedOn }, _, { actor }) =>
      actor !== null && actor.school === target.school && doneOn === null && endedOn === null
        ? [
            ...(isGranted(actor, 'transfer.enter') ? ['START_TRANSFER'] : []),
            ...(isGranted(actor, 'attendance.report') ? ['END'] : []),
          ]
        : [],
  },
});
