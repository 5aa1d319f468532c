import { z } from 'zod';
import { DeferralRefused, DeferralRenewed, EntryDeferred } from '#libs/contracts/events/entry.ts';
import { Uuid } from '#libs/contracts/ids.ts';
import { judgeDeferral } from '#libs/law/enrollment/deferral.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { type Recorded, recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lawPlaceOfCounty, termsOf } from '../law-place.ts';
import { type Deferral, deferralData, deferralsWhere, updateDeferral } from './deferral-rows.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  deferral: Uuid,
  expectedVersion: z.int(),
  decision: z.enum(['APPROVE', 'REFUSE']),
  reason: z.string().trim().min(1).max(1000),
});

export type Decided = { deferral: string | null; findings: Finding[] };

const refused = (code: string, message: string, messageEn: string, on: string, place: LawPlace): Finding =>
  finding('ENR-67', {
    code,
    outcome: 'REJECT',
    message,
    messageEn,
    path: ['deferral'],
    remedy: '请核对该儿童的情况。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });

const decidedAlready = (on: string, place: LawPlace): Finding =>
  refused('DEFERRAL_DECIDED', '该缓学申请已作出决定。', 'The application has been decided on.', on, place);

const isRegistered = (on: string, place: LawPlace): Finding =>
  refused(
    'DEFERRAL_REGISTERED',
    '该儿童已建立学籍，不能缓学。',
    'The child is registered: no registration stands beside a deferral.',
    on,
    place,
  );

/** True where a school has registered the child for this or an earlier year. */
const hasRegistration = async (tx: Tx, { nameKey, documentKey }: Deferral): Promise<boolean> => {
  const rows = await query(
    tx,
    `select 1 from intake i join enrollment e on e.person_id = i.person_id and e.enrollment_id = i.enrollment_id
     where i.state = 'REGISTERED' and e.active and (i.name_key = $1 or i.document_key = $2) limit 1`,
    [nameKey, documentKey],
  );
  return rows.length > 0;
};

/** The deferrals of earlier years that this one follows. */
const renewals = async (tx: Tx, granted: Deferral): Promise<Recorded[]> => {
  const before = await deferralsWhere(
    tx,
    `state = 'DEFERRED' and school_year < $1 and (name_key = $2 or document_key = $3) for update`,
    [granted.schoolYear, granted.nameKey, granted.documentKey],
  );
  const events: Recorded[] = [];
  for (const each of before) {
    const after = {
      ...each,
      state: 'RENEWED' as const,
      endedOn: granted.decidedAt?.slice(0, 10) ?? null,
      version: each.version + 1,
    };
    await updateDeferral(tx, after);
    events.push(recorded(DeferralRenewed, `deferral:${each.id}`, after.version, deferralData(after)));
  }
  return events;
};

/**
 * The county of the household decides on a deferral, under the rules of the day of the application (ENR-11, ENR-12). A
 * deferred child has no registration meanwhile; a former deferral of the child is renewed by it.
 */
export const decideDeferral = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Decided> => {
  const caller = authorize(actor, 'deferral.decide');
  const asked = parseInput(Input, input);
  if ((await core.directory.workplaceOf(caller)) === undefined) throw outOfJurisdiction();
  const at = core.clock.now();
  const decided = await asWorker(core.worker, (tx) =>
    once<Decided>(
      tx,
      { operation: 'decideDeferral', caller: caller.subject, key: asked.idempotencyKey, request: asked, at },
      async () => {
        const [found] = await deferralsWhere(tx, 'deferral_id = $1 for update', [asked.deferral]);
        if (found === undefined || found.county !== caller.unit) throw outOfJurisdiction();
        if (found.version !== asked.expectedVersion) throw versionConflict(found.version);
        const lawPlace = (await lawPlaceOfCounty(core, found.county)) ?? { province: found.province };
        const { schoolYear, householdCounty, appliedOn } = found;
        const terms = await termsOf(core, lawPlace);
        const isGranted = asked.decision === 'APPROVE';
        const findings = [
          ...(found.state === 'APPLIED' ? [] : [decidedAlready(appliedOn, lawPlace)]),
          ...(isGranted
            ? judgeDeferral({ schoolYear, householdCounty, terms, decided: true }, appliedOn, lawPlace)
            : []),
          ...(isGranted && (await hasRegistration(tx, found)) ? [isRegistered(appliedOn, lawPlace)] : []),
        ];
        if (findings.some(({ outcome }) => outcome === 'REJECT')) return { deferral: null, findings };
        const after: Deferral = {
          ...found,
          state: isGranted ? 'DEFERRED' : 'REFUSED',
          decidedBy: caller.subject,
          decidedAt: at,
          reason: asked.reason,
          version: found.version + 1,
        };
        await updateDeferral(tx, after);
        const kind = isGranted ? EntryDeferred : DeferralRefused;
        await recordEvents(tx, at, [
          recorded(kind, `deferral:${after.id}`, after.version, deferralData(after)),
          ...(isGranted ? await renewals(tx, after) : []),
        ]);
        return { deferral: after.id, findings };
      },
    ),
  );
  core.wakeRelay();
  return decided;
};
