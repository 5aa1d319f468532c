import { judgeChangeEntry } from '#libs/law/enrollment/information-update.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeDataQuality } from '#libs/law/identity/data-quality.ts';
import { classOfChange } from '#libs/law/identity/information-change.ts';
import { maskNumber, maskPhone } from '#libs/law/privacy/masking.ts';
import { currentStep, obstaclesToDecision, obstaclesToHandling } from '#libs/law/procedure/course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import { divisionOf } from '../division.ts';
import type { Person } from '../entities.ts';
import { createRelease, type Full } from '../full-values.ts';
import type { InformationUpdateAction, Resolvers } from '../generated/types.ts';
import { guardianContext } from '../person/claim-key.ts';
import { ownIdOf } from '../person/own-id.ts';
import { lawPlaceAt } from '../place-of-law.ts';
import { staleFieldsOf } from './freshness.ts';
import { findingsFor, itemsFor } from './health.ts';
import { type ItemValue, lawField } from './proposal.ts';
import { decidingHand, handlingHand } from './turns.ts';
import { updatesWhere } from './update-reads.ts';
import { courseOf, type UpdateRecord, updateContext } from './update-record.ts';

/** One item of a change as it is shown: `from` is what is kept, or what was before once the change holds. */
export type ShownChange = { person: string; field: string; from: ItemValue; to: ItemValue };

/** One item as it was before a change. */
export type ShownFormer = {
  person: string;
  field: string;
  value: ItemValue;
  endedAt: string;
  update: string;
};

/** What the caller's unit and role may do with a change now. */
export const actionsOn = (record: UpdateRecord, actor: Actor | null): InformationUpdateAction[] => {
  if (actor === null || record.endedAt !== null) return [];
  const course = courseOf(record);
  const handles =
    isGranted(actor, 'information.handle') && obstaclesToHandling(course, handlingHand(actor)).length === 0;
  const decides =
    record.proposedBy !== actor.subject &&
    obstaclesToDecision(course, decidingHand(actor, record), 'APPROVE', null).length === 0;
  return [
    ...(handles ? (['HANDLE'] as const) : []),
    ...(decides ? (['CONFIRM', 'REJECT'] as const) : []),
    ...(record.proposedBy === actor.subject ? (['WITHDRAW'] as const) : []),
  ];
};

/** Resolvers of changes of information. */
export const createUpdateViews = (core: ServiceCore) => {
  const release = createRelease(core.directory);

  const text = async (
    { person, field }: { person: string; field: string },
    value: ItemValue,
    args: Full,
    context: Context,
  ): Promise<string | null> => {
    if (value === null) return null;
    const words = String(value);
    const item = lawField(field);
    if (/Address$/.test(item)) {
      const masked = await divisionOf(core.directory, words);
      return release(context, person, args, words, () => masked);
    }
    if (/(?:Phone|\.phone)$/.test(item)) return release(context, person, args, words, maskPhone);
    if (/idDocumentNumber$/.test(item)) return release(context, person, args, words, maskNumber);
    context.trail.read(person);
    return words;
  };

  const personOf = async (id: string, context: Context): Promise<Person> => {
    const person = await context.people.person.load(id);
    if (person === null) throw outOfJurisdiction();
    return person;
  };

  const formerOf = async (
    where: string,
    parameters: readonly unknown[],
    context: Context,
  ): Promise<ShownFormer[]> => {
    const scope = await context.scope();
    const rows = await inScope(core.app, scope, (tx) =>
      query<{ person_id: string; update_id: string; field: string; sealed: Buffer; ended_at: Date }>(
        tx,
        `select person_id, update_id, field, sealed, ended_at from information_history where ${where}
         order by ended_at desc, update_id desc, field`,
        parameters,
      ),
    );
    return rows.map(({ person_id, update_id, field, sealed, ended_at }) => ({
      person: person_id,
      field,
      value: JSON.parse(core.sealing.open(sealed, updateContext(update_id))) as ItemValue,
      endedAt: new Date(ended_at).toISOString(),
      update: ownIdOf({ person: person_id, id: update_id }),
    }));
  };

  /** What an item says now, from the batched reads of the caller's own scope. */
  const presentItems = async (person: string, context: Context) => {
    const row = await personOf(person, context);
    const guardians = await context.people.guardians.load(person);
    const own: Readonly<Record<string, unknown>> = {
      ...row.profile,
      formerName: row.formerName,
      nationalityOrRegion: row.nationality,
      overseasCategory: row.overseasCategory,
      ethnicGroup: row.ethnicGroup,
    };
    const lines = Object.fromEntries(
      guardians.flatMap(({ position, ...line }) =>
        Object.entries({
          name: line.name,
          relation: line.relation,
          isLegalGuardian: line.isLegal,
          ethnicGroup: line.ethnicGroup,
          idDocumentType: line.documentType,
          idDocumentNumber:
            line.sealedDocument &&
            core.sealing.open(Buffer.from(line.sealedDocument), guardianContext(person, position)),
          workUnit: line.workUnit,
          householdAddress: line.householdAddress,
          phone: line.phone,
        }).map(([item, value]) => [`guardians.${position}.${item}`, value] as const),
      ),
    );
    return (item: string): ItemValue => {
      const value = item.startsWith('provincial.')
        ? row.provincial[item.slice(11)]
        : { ...own, ...lines }[item];
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : null;
    };
  };

  const changesOf = async (record: UpdateRecord, context: Context): Promise<ShownChange[]> => {
    context.trail.read(record.person);
    const shown = itemsFor(Object.keys(record.items), context.actor);
    const former =
      record.state === 'APPLIED'
        ? await formerOf('person_id = $1 and update_id = $2', [record.person, record.id], context)
        : null;
    const present = former === null ? await presentItems(record.person, context) : null;
    return shown.map((field) => ({
      person: record.person,
      field,
      from: former?.find((each) => each.field === field)?.value ?? present?.(field) ?? null,
      to: record.items[field] ?? null,
    }));
  };

  const lateness = async (record: UpdateRecord): Promise<Finding[]> => {
    const step = currentStep(courseOf(record));
    if (step === undefined) return [];
    const school = await core.directory.school(record.school);
    return judgeChangeEntry(
      {
        dueDate: step.dueOn,
        provisional: step.provisional,
        today: core.clock.today(),
        stage: school?.stages[0]?.stage ?? 'PRIMARY',
        step: step.party === 'SCHOOL' ? 'SCHOOL' : 'AUTHORITY',
        proofFiled: true,
      },
      record.policyOn,
      lawPlaceAt(school, record.province),
    );
  };

  const InformationUpdate: Resolvers['InformationUpdate'] = {
    id: (record) => ownIdOf(record),
    student: (record, _, context) => personOf(record.person, context),
    school: (record) => ({ id: record.school }),
    depth: ({ items }) =>
      classOfChange(Object.keys(items).map(lawField)) === 'LIVING' ? 'LIVING' : 'IDENTITY',
    fields: ({ items }, _, context) => itemsFor(Object.keys(items), context.actor),
    changes: (record, _, context) => changesOf(record, context),
    papers: ({ papers }) => papers.map((paper) => ({ ...paper, onFile: paper.file !== null })),
    steps: ({ steps }) =>
      steps.map((step) => ({
        ...step,
        party: step.party === 'SCHOOL' ? ('SCHOOL' as const) : ('AUTHORITY' as const),
        deadline: step.dueOn,
        decision: step.decision && (step.decision === 'APPROVE' ? ('CONFIRM' as const) : ('REJECT' as const)),
        overdue: step.decidedAt === null && !step.provisional && step.dueOn < core.clock.today(),
      })),
    blockers: async (record, _, context) =>
      record.endedAt === null
        ? [...findingsFor(record.findings, context.actor), ...(await lateness(record))]
        : [],
    allowedActions: (record, _, { actor }) => actionsOn(record, actor),
  };

  const Student = {
    informationUpdates: async ({ personId }: Person, _: unknown, context: Context) => {
      context.trail.read(personId);
      const scope = await context.scope();
      return inScope(core.app, scope, (tx) =>
        updatesWhere(tx, core.sealing, 'person_id = $1 order by opened_at, update_id', [personId]),
      );
    },
    informationHistory: async ({ personId }: Person, _: unknown, context: Context) => {
      context.trail.read(personId);
      const former = await formerOf('person_id = $1', [personId], context);
      const shown = itemsFor(
        former.map(({ field }) => field),
        context.actor,
      );
      return former.filter(({ field }) => shown.includes(field));
    },
    staleInformation: async (person: Person, _: unknown, context: Context) =>
      staleFieldsOf(core, await context.scope(), person),
    dataQuality: async (person: Person, _: unknown, context: Context) => {
      context.trail.read(person.personId);
      const guardians = await context.people.guardians.load(person.personId);
      return judgeDataQuality(
        {
          ...person.profile,
          birthDate: String(person.birthDate),
          disabilityLevel: person.profile.disabilityLevel ?? null,
          guardians: guardians.map(({ isLegal, phone }) => ({
            isLegalGuardian: isLegal,
            phone: phone ?? null,
          })),
        },
        core.clock.today(),
        lawPlaceAt(await core.directory.school(person.school), person.province),
      );
    },
  };

  return {
    InformationUpdate,
    InformationChange: {
      from: (change: ShownChange, args: Full, context: Context) => text(change, change.from, args, context),
      to: (change: ShownChange, args: Full, context: Context) => text(change, change.to, args, context),
    },
    FormerInformation: {
      value: (former: ShownFormer, args: Full, context: Context) => text(former, former.value, args, context),
    },
    Student,
  };
};
