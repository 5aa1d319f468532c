import { z } from 'zod';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { School } from '../../entities.ts';
import { DutyInput, type DutyOutcome, doDuty } from '../do-duty.ts';
import { owesNotice } from '../owes-notice.ts';

const Pupils = z.int().min(0).max(100_000);
const Input = DutyInput.extend({ transferredIn: Pupils, transferredOut: Pupils });

/** A school run by province or city tells the county where it lies of a term’s transfers, in writing (ORG-12). */
export const notifyCounty = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<DutyOutcome> => {
  const caller = authorize(actor, 'term-duty.notify');
  const wanted = parseInput(Input, input);
  const { transferredIn, transferredOut } = wanted;
  return doDuty({ core, caller, operation: 'notifyCounty' }, wanted, async (tx, { own }) => {
    const school = await tx.findOne(School, { code: own.code });
    if (school?.state !== 'ACTIVE') throw outOfJurisdiction();
    if (!owesNotice(school)) throw notOwed();
    return {
      county: school.county,
      write: ({ lo }) => ({ kind: 'DIRECT_SCHOOL_NOTICE', toldPlace: lo, transferredIn, transferredOut }),
    };
  });
};

const notOwed = () =>
  badInput([
    {
      path: [],
      code: 'NOTICE_NOT_OWED',
      message:
        '本校不是位于县（市、区）的省、市直管中小学校，无需告知。 Only schools run by province or city that lie in a county tell it.',
    },
  ]);
