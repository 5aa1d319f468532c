import type { Finding } from '#libs/law/finding.ts';
import { basicGroup } from '#libs/law/identity/field-dictionary.ts';
import { changedItems, type KeyItem } from '#libs/law/identity/key-change.ts';
import { maskName, maskNumber } from '#libs/law/privacy/masking.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { proofLink } from '#libs/platform/files/proof-links.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Person } from '../entities.ts';
import { createRelease, type Full } from '../full-values.ts';
import type { Resolvers } from '../generated/types.ts';
import { changeIdOf, parseChangeId } from './change-id.ts';
import type { ChangeRecord } from './change-rows.ts';
import { currentTurn, isWithPeople, type Turn } from './course.ts';
import type { Former } from './history.ts';
import { openProposal } from './values.ts';

/** What the caller's unit and role may do with a change now. */
const actionsOn = (record: ChangeRecord, actor: Actor | null): string[] => {
  const turn = currentTurn(record);
  if (actor === null || turn === undefined || !isWithPeople(record.state)) return [];
  const unit = actor.school ?? actor.unit;
  const isTurn = turn.unit === unit;
  const handles = isTurn && isGranted(actor, 'key-change.handle');
  const isDecider = isTurn && isGranted(actor, 'key-change.decide');
  const decides = isDecider && turn.handledBy !== null && turn.handledBy !== actor.subject;
  const withdraws =
    actor.level === 'NONE'
      ? record.state === 'DRAFTED' && record.openedBy === actor.subject
      : record.school === unit && isGranted(actor, 'key-change.enter');
  return [
    ...(handles ? ['HANDLE'] : []),
    ...(decides ? ['APPROVE', 'RETURN', 'REFUSE'] : []),
    ...(withdraws ? ['WITHDRAW'] : []),
  ];
};

/** What a search has found of others is for schools and authorities (PRV-15). */
const toldTo = (actor: Actor | null, findings: readonly Finding[]): Finding[] =>
  findings.filter(({ ruleId }) => ruleId !== 'ID-17' || (actor !== null && actor.level !== 'NONE'));

/** One item of a change, with both of its values. */
export type ItemView = { person: string; item: KeyItem; before: string | null; after: string | null };

const yearOf = (birthDate: string): string => birthDate.slice(0, 4);
const masks: Readonly<Record<KeyItem, (value: string) => string>> = {
  name: maskName,
  gender: (value) => value,
  birthDate: yearOf,
  idDocumentType: (value) => value,
  idDocumentNumber: maskNumber,
};

const enumOf: Readonly<
  Record<KeyItem, 'NAME' | 'GENDER' | 'BIRTH_DATE' | 'DOCUMENT_TYPE' | 'DOCUMENT_NUMBER'>
> = {
  name: 'NAME',
  gender: 'GENDER',
  birthDate: 'BIRTH_DATE',
  idDocumentType: 'DOCUMENT_TYPE',
  idDocumentNumber: 'DOCUMENT_NUMBER',
};

/** Resolvers of changes of key information; proposed values are released like those of the person (PRV-13, PRV-14). */
export const createChangeViews = (core: ServiceCore) => {
  const release = createRelease(core.directory);

  const shown = (
    context: Context,
    { person, item }: Pick<ItemView, 'person' | 'item'>,
    value: string | null,
    args: Full,
  ) => (value === null ? null : release(context, person, args, value, masks[item]));

  const KeyInformationChange: Resolvers['KeyInformationChange'] = {
    __resolveReference: async ({ id }: { id: string }, { actor, changes, trail }: Context) => {
      const key = parseChangeId(id);
      if (actor === null || !isGranted(actor, 'key-change.read') || key === undefined) return null;
      const found = await changes.byId.load(key.id);
      if (found?.person !== key.person) return null;
      trail.read(found.person);
      return found;
    },
    id: (record) => changeIdOf(record),
    student: (record, _, { people }) => people.person.load(record.person),
    school: (record) => ({ __typename: 'School', id: record.school }),
    items: ({ person, id, sealed }) => {
      const { before, after } = openProposal(core.sealing, id, sealed);
      return changedItems(before, after).map((item) => ({
        person,
        item,
        before: before[item],
        after: after[item],
      }));
    },
    papers: (record, _, { trail, changes }) => {
      trail.read(record.person);
      return changes.papers.load(record.id);
    },
    blockers: ({ endedAt, findings }, _, { actor }) => (endedAt === null ? toldTo(actor, findings) : []),
    findings: ({ findings }, _, { actor }) => toldTo(actor, findings),
    allowedActions: (record, _, { actor }) => actionsOn(record, actor),
  };

  const KeyInformationStep: Resolvers['KeyInformationStep'] = {
    deadline: (turn: Turn) => turn.dueOn,
    overdue: (turn: Turn) => turn.decidedAt === null && !turn.provisional && turn.dueOn < core.clock.today(),
  };

  const KeyInformationPaper: Resolvers['KeyInformationPaper'] = {
    url: ({ person, upload }, _, { actor }) =>
      proofLink(core, 'identity', { id: upload, person }, actor)?.url ?? null,
  };

  const KeyInformationItem: Resolvers['KeyInformationItem'] = {
    item: ({ item }) => enumOf[item],
    group: ({ item }) => basicGroup(item) ?? null,
    before: (view, args, context) => shown(context, view, view.before, args),
    after: (view, args, context) => shown(context, view, view.after, args),
  };

  const former = (item: KeyItem) => (view: Former, args: Full, context: Context) =>
    shown(context, { person: view.person, item }, view.facts[item], args);

  const FormerKeyInformation: Resolvers['FormerKeyInformation'] = {
    change: ({ person, change }) => changeIdOf({ person, id: change }),
    name: former('name'),
    gender: ({ facts }) => facts.gender,
    birthDate: former('birthDate'),
    documentType: ({ facts }) => facts.idDocumentType,
    documentNumber: former('idDocumentNumber'),
  };

  return {
    KeyInformationChange,
    KeyInformationPaper,
    KeyInformationStep,
    KeyInformationItem,
    FormerKeyInformation,
    Student: {
      identityVersion: (person: Person) => person.version,
      formerKeyInformation: (person: Person, _: unknown, { trail, changes }: Context) => {
        trail.read(person.personId);
        return changes.history.load(person.personId);
      },
    },
  };
};
