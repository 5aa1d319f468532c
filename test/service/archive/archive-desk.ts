import { randomUUID } from 'node:crypto';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import type { Told } from '#test/service/enrollment/counter.ts';
import { transferDeskOf } from '#test/service/transfer/transfer-desk.ts';
import type { Registry } from '#test/support/registry.ts';

export type Entry = {
  number: number;
  kind: string;
  change: string | null;
  level: string | null;
  occurredOn: string;
  words: string | null;
  corrects: number | null;
};
export type Archive = {
  id: string;
  school: { id: string };
  openedOn: string | null;
  dueOn: string | null;
  state: string;
  custodian: { kind: string; code: string };
  handOver: {
    to: { kind: string; code: string };
    reason: string;
    dueOn: string;
    passedOnOn: string | null;
    overdue: boolean;
  } | null;
  copies: { unit: string; entries: number }[];
  sections: { category: string; entries: Entry[] }[];
  intact: boolean;
  findings: Told[];
  version: number;
  allowedActions: string[];
};
export type ArchiveAnswer = { archive: Archive | null; findings: Told[] };

const told = 'findings { ruleId outcome code message path basis { document article layer } }';
export const archiveFields = `id school { id } openedOn dueOn state custodian { kind code }
  handOver { to { kind code } reason dueOn passedOnOn overdue } copies { unit entries }
  sections { category entries { number kind change level occurredOn words corrects } } intact ${told} version
  allowedActions`;

/** The registry as those use it who keep archives. */
export const archiveDeskOf = (registry: Registry) => {
  const transfers = transferDeskOf(registry);
  const { desk, counter } = transfers;

  /** A student's archive as somebody sees it; null where the scope does not cover it. */
  const archiveOf = async (who: Desk, student: string): Promise<Archive | null> => {
    const { data, errors } = await desk.ask<{ student: { archive: Archive | null } | null }>(
      who,
      `query ($id: ID!) { student(id: $id) { archive { ${archiveFields} } } }`,
      { id: student },
    );
    const codes = errors.map(({ extensions }) => extensions.code);
    if (codes.some((code) => code !== 'OUT_OF_JURISDICTION')) throw new Error(JSON.stringify(errors));
    return data?.student?.archive ?? null;
  };
  /** The same, asked of the service itself and not of the gateway. */
  const asEntity = async (who: Desk, student: string): Promise<{ id: string } | null> => {
    const token = await registry.network.tokenFor({
      ...{ scope: Object.values(SCOPES).join(' '), acr: TWO_FACTORS, ...who },
      ...(who.unit === undefined ? {} : { department: 'ADMINISTRATIVE' }),
    });
    const { data } = await registry.network.graphql<{
      _entities: ({ archive: { id: string } | null } | null)[];
    }>(
      'archive',
      token,
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Student { archive { id } } } }',
      { r: [{ __typename: 'Student', id: student }] },
    );
    return data?._entities[0]?.archive ?? null;
  };
  /** The same, asked for by itself: who keeps an archive need not see the student's registration any more. */
  const seen = async (who: Desk, student: string): Promise<Archive> =>
    desk.answered(
      await desk.ask<{ studentArchive: Archive }>(
        who,
        `query ($id: ID!) { studentArchive(student: $id) { ${archiveFields} } }`,
        { id: student },
      ),
    ).studentArchive;

  const tryOn = (who: Desk, name: string, type: string, input: Record<string, unknown>) =>
    desk.ask<Record<string, ArchiveAnswer>>(
      who,
      `mutation ($input: ${type}!) { ${name}(input: $input) { archive { ${archiveFields} } ${told} } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
  const order = async (...asked: Parameters<typeof tryOn>): Promise<ArchiveAnswer> => {
    const answer = desk.answered(await tryOn(...asked))[asked[1]];
    if (answer === undefined) throw new Error('No answer');
    return answer;
  };
  const step = async (who: Desk, name: string, student: string): Promise<ArchiveAnswer> => {
    const { version } = await seen(who, student);
    const isBack = name === 'sendBackArchive';
    return order(who, name, isBack ? 'ArchiveSendBackInput' : 'ArchiveHandOverInput', {
      ...{ student, expectedVersion: version },
      ...(isBack && { reason: 'NOT_WHOLE' }),
    });
  };
  /** The entries of a category. */
  const entriesOf = ({ sections }: Archive, category: string): Entry[] =>
    sections.find((section) => section.category === category)?.entries ?? [];
  const waiting = async (who: Desk, filter: Record<string, unknown> = {}): Promise<string[]> =>
    desk
      .answered(
        await desk.ask<{ archiveHandOvers: { edges: { node: { student: { id: string } } }[] } }>(
          who,
          `query ($f: ArchiveHandOverFilter) {
            archiveHandOvers(filter: $f, first: 200) { edges { node { student { id } } } } }`,
          { f: filter },
        ),
      )
      .archiveHandOvers.edges.map(({ node }) => node.student.id);

  return { transfers, desk, counter, archiveOf, asEntity, seen, tryOn, order, step, entriesOf, waiting };
};
export type ArchiveDesk = ReturnType<typeof archiveDeskOf>;

export const codesOf = ({ findings }: { findings: readonly Told[] }): string[] =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
