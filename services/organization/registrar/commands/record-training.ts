import { z } from 'zod';
import { TrainingRecorded } from '#libs/contracts/events/registrar.ts';
import { Day } from '#libs/contracts/ids.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute } from '#libs/platform/database/query.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { ChangeInput, changeRegistrar, type RegistrarOutcome } from '../change-registrar.ts';
import { reaches, wrongState } from '../desk.ts';
import { told } from '../registrar-rows.ts';

const Input = ChangeInput.extend({
  trainedOn: Day,
  certificateNo: z.string().trim().min(1).max(50).nullish(),
});

/** An authority enters the training of one of its own registrars or of those below it (ACC-02, ACC-03, ACC-04). */
export const recordTraining = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<RegistrarOutcome> => {
  enforces('ACC-04');
  const caller = authorize(actor, 'registrar.train');
  const wanted = parseInput(Input, input);
  const { trainedOn } = wanted;
  if (trainedOn > core.clock.today()) throw notYet();
  return changeRegistrar(
    { core, caller, operation: 'recordTraining' },
    wanted,
    async ({ tx, registrar, post, desk, at }) => {
      if (!reaches(desk, post.place)) throw outOfJurisdiction();
      if (registrar.replacedAt !== null) wrongState('该人员已不在岗。 The post has passed on.');
      await execute(
        tx,
        `insert into training (registrar_id, trained_on, place, recorded_by, recorded_at)
       values ($1, $2, $3, $4, $5) on conflict do nothing`,
        [registrar.registrarId, trainedOn, registrar.place, caller.subject, at],
      );
      const first = registrar.trainedOn !== null && registrar.trainedOn < trainedOn;
      return {
        findings: [],
        next: {
          ...registrar,
          trainedOn: first ? registrar.trainedOn : trainedOn,
          certificateNo: wanted.certificateNo ?? registrar.certificateNo,
        },
        told: [told(TrainingRecorded, { trainedOn })],
        action: 'TRAIN',
      };
    },
  );
};

const notYet = () =>
  badInput([
    {
      path: ['trainedOn'],
      code: 'IN_THE_FUTURE',
      message: '培训日期晚于今日。 The day lies in the future.',
    },
  ]);
