import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { GuardianContacted } from '#libs/contracts/events/enrollment-marks.ts';
import { Day } from '#libs/contracts/ids.ts';
import { finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Situation } from '../cases/situation.ts';
import { ContactAbout, ContactMeans, contactContext, insertContact } from './contact.ts';
import { type Done, onRegistration, RegistrationOrder } from './on-registration.ts';

const Input = RegistrationOrder.extend({
  contactedOn: Day,
  means: ContactMeans,
  about: ContactAbout,
  /** Whether somebody of the family was reached. */
  reached: z.boolean(),
  note: z.string().trim().max(1000).nullish(),
});

const notYet = ({ today, lawPlace }: Situation) =>
  finding('ENR-67', {
    code: 'CONTACT_IN_FUTURE',
    outcome: 'REJECT',
    message: '联系日期不能晚于今日。',
    messageEn: 'A contact is put on record after it took place.',
    path: ['contactedOn'],
    remedy: '请在联系之后如实登记日期。',
    ownerLevel: 'SCHOOL',
    on: today,
    place: lawPlace,
  });

/** The school puts a contact with the family on record: what ENR-50 and ENR-54 count. Nothing else changes. */
export const logGuardianContact = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'case.enter');
  const asked = parseInput(Input, input);
  return onRegistration(
    { core, caller, operation: 'logGuardianContact', by: 'SCHOOL' },
    asked,
    async ({ tx, situation }) => {
      if (asked.contactedOn > situation.today) return { done: false, findings: [notYet(situation)] };
      const { person, enrollment, school, place, province } = situation.registration;
      const id = uuidv7();
      const { contactedOn, means, about, reached, note } = asked;
      const sealed = note ? core.sealing.seal(note, contactContext(id)) : null;
      const logged = { loggedBy: caller.subject, loggedAt: situation.now };
      await insertContact(tx, {
        ...{ person, id, enrollment, school, place, contactedOn, means, about, reached, sealed },
        ...logged,
      });
      await recordEvents(tx, situation.now, [
        recorded(GuardianContacted, `contact:${id}`, 1, {
          ...{ person, enrollment, school, place, province },
          contact: id,
          about,
        }),
      ]);
      return { done: true, findings: [] };
    },
  );
};
