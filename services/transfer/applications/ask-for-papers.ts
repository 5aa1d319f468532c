import { z } from 'zod';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { isRejected } from '#libs/law/own-finding.ts';
import { judgeRequestedMaterials } from '#libs/law/transfer/papers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { PaperKind } from '../cases/request.ts';
import type { ApplicationRecord } from './application-record.ts';
import type { Answered } from './apply-for-transfer.ts';
import { ApplicationOrder, isAsked, onApplication } from './on-application.ts';
import { applicationNotOpen } from './own-application-finding.ts';
import { saveApplication } from './save-application.ts';

const Asking = ApplicationOrder.extend({ papers: z.array(PaperKind).min(1).max(10) });

/**
 * The receiving school asks the family for what it may ask for: registration data and the proof of the reason (TRF-22). It
 * is the request for more that is refused, the certificate of registration by name (TRF-45); the application stays as it is.
 * Who has applied with the own login is asked for no written application.
 */
export const askForPapers = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Answered> => {
  const caller = authorize(actor, 'transfer.enter');
  const order = parseInput(Asking, input);
  const schoolOf = ({ school }: ApplicationRecord) =>
    school === null ? undefined : core.directory.school(school);
  return onApplication(
    { core, caller, operation: 'askForPapers' },
    order,
    async (seen) => schoolOf(seen),
    async ({ tx, record }, school) => {
      if (!isAsked(caller, record) || school === undefined) throw outOfJurisdiction();
      if (record.state !== 'APPLIED') return { findings: [applicationNotOpen] };
      const papers = [...new Set(order.papers)];
      const asked = papers.map((kind) => (kind === 'APPLICATION_FORM' ? 'OTHER' : kind));
      const acrossProvinces = record.source.province !== record.province;
      const facts = { asked, stage: record.stage, acrossProvinces };
      const findings = judgeRequestedMaterials(facts, core.clock.today(), lawPlaceOfSchool(school));
      if (isRejected(findings)) return { findings };
      await saveApplication(tx, core.clock.now(), record, { ...record, papersAsked: papers });
      return { findings };
    },
  );
};
