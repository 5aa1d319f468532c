import { z } from 'zod';
import { UnitCode } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { ownUnit, runOnce } from '../commands/run-command.ts';
import { recordChange } from '../store/change-record.ts';
import { lockSetting } from '../store/number-series.ts';
import { treeAround } from '../store/units.ts';
import { lawPlaceOf } from '../tree/law-place.ts';
import { Contact } from './contact.ts';
import { contactsOf, saveContacts } from './contact-rows.ts';
import { judgeUnitContacts } from './judge-unit.ts';

const Input = z
  .object({
    idempotencyKey: z.string().min(1).max(100),
    unit: UnitCode,
    expectedVersion: z.int().min(0),
    contacts: z.array(Contact).max(10),
  })
  .refine(({ contacts }) => new Set(contacts.map(({ channel }) => channel)).size === contacts.length, {
    path: ['contacts'],
    message: '同一渠道列出了两次。 A contact is listed twice.',
  });

/** The unit that published, and what its people have yet to publish. */
export type Published = { unit: string; findings: Finding[] };

/** An authority publishes where people turn with complaints: all of its contacts at once, in place of those before (TKT-02). */
export const publishComplaintContacts = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Published> => {
  const caller = authorize(actor, 'contacts.publish');
  const wanted = parseInput(Input, input);
  if (caller.unit !== wanted.unit) throw outOfJurisdiction();
  return runOnce(
    { core, caller, operation: 'publishComplaintContacts' },
    wanted,
    async (tx, at): Promise<Published> => {
      const tree = await treeAround(tx, [wanted.unit]);
      const own = ownUnit(tree, caller);
      const aggregate = `complaint-contacts:${own.code}`;
      await lockSetting(tx, aggregate);
      const before = (await contactsOf(tx, [own.code])).get(own.code)?.version ?? 0;
      if (before !== wanted.expectedVersion) throw versionConflict(before);
      const version = await saveContacts(tx, own, wanted.contacts, before, at);
      await recordChange(tx, { aggregate, version, action: 'PUBLISH', caller, at });
      const place = lawPlaceOf(tree, own);
      const published = { contacts: wanted.contacts, version };
      return {
        unit: own.code,
        findings: judgeUnitContacts(own.level, published, core.clock.today(), place),
      };
    },
  );
};
