import { type LawPlace, lawPlaceOfSchool } from '#libs/law/layers.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Resolvers } from '../generated/types.ts';
import { type Attendance, isBreach, judgeAttendance } from './attendance.ts';

type Core = Pick<ServiceCore, 'clock' | 'directory'>;

/** Where the school lies that is attended. */
const placeOf = async ({ directory }: Core, { target }: Attendance): Promise<LawPlace> => {
  const school = await directory.school(target.school);
  return school ? lawPlaceOfSchool(school) : { province: target.province };
};

/** Resolvers of pupils who attend a school while they are registered elsewhere. */
export const createAttendanceViews = (core: Core): Pick<Resolvers, 'TransferAttendance'> => ({
  TransferAttendance: {
    student: ({ person }) => ({ id: person }),
    source: async ({ source, person }, _, context) => {
      const { lo, hi, persons } = await context.scope();
      const isOwnSide = (lo <= source.place && source.place <= hi) || persons.includes(person);
      return isOwnSide ? { id: source.school } : null;
    },
    sourceAuthority: ({ toldAuthority }) => toldAuthority,
    target: ({ target }) => ({ id: target.school }),
    startedOn: ({ doneOn }) => doneOn,
    deadline: ({ dueOn, provisional }) => (dueOn === null ? null : { on: dueOn, provisional }),
    overdue: ({ dueOn, provisional, doneOn, endedOn }) =>
      dueOn !== null && !provisional && dueOn < (doneOn ?? endedOn ?? core.clock.today()),
    transfer: ({ transfer }, _, { cases }) => (transfer === null ? null : cases.byId.load(transfer)),
    findings: async (attendance) =>
      judgeAttendance(attendance, core.clock.today(), await placeOf(core, attendance)),
    allowedActions: async (attendance, _, { actor }) => {
      const { source, target, doneOn, endedOn } = attendance;
      if (actor === null) return [];
      const lasts = doneOn === null && endedOn === null;
      const isOpen = lasts && actor.school === target.school;
      const mayContest = lasts && actor.school === source.school && isGranted(actor, 'attendance.report');
      const mayOrder = actor.unit === target.authority && isGranted(actor, 'correction.order');
      const breach = mayOrder && isBreach(attendance, core.clock.today(), await placeOf(core, attendance));
      return [
        ...(isOpen && isGranted(actor, 'transfer.enter') ? ['START_TRANSFER'] : []),
        ...(isOpen && isGranted(actor, 'attendance.report') ? ['END'] : []),
        ...(mayContest ? ['CONTEST'] : []),
        ...(breach ? ['ORDER_CORRECTION'] : []),
      ];
    },
  },
});
