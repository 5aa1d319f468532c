import { randomUUID } from 'node:crypto';
import type { CaseDesk, Desk } from './case-desk.ts';
import type { Told } from './counter.ts';

const told = 'findings { ruleId outcome code message path basis { document article layer } }';

export type Marked = {
  id: string;
  version: number;
  status: string;
  grade: number;
  dropoutMark: boolean;
  awayReason: string | null;
  atSpecializedSchool: boolean | null;
};
export type MarkAnswer = { enrollment: Marked | null; findings: Told[] };

export type Notice = {
  kind: string;
  recipient: string;
  addressee: string;
  sender: string;
  content: string | null;
  school: { id: string } | null;
};

export const markFields = 'id version status grade dropoutMark awayReason atSpecializedSchool';

/** Marks, contacts and notices as the people at their desks enter and read them. */
export const markDeskOf = (desk: CaseDesk) => {
  const tryMark = (who: Desk, mutation: string, type: string, input: Record<string, unknown>) =>
    desk.ask<Record<string, MarkAnswer>>(
      who,
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { enrollment { ${markFields} } ${told} } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );

  const mark = async (...order: Parameters<typeof tryMark>): Promise<MarkAnswer> => {
    const answer = desk.answered(await tryMark(...order))[order[1]];
    if (answer === undefined) throw new Error('No answer');
    return answer;
  };

  /** The registration after an entry; throws where it was refused. */
  const marked = async (...order: Parameters<typeof tryMark>): Promise<Marked> => {
    const { enrollment, findings } = await mark(...order);
    if (enrollment === null) throw new Error(`Refused: ${JSON.stringify(findings)}`);
    return enrollment;
  };

  const noticesOf = async (who: Desk & { township?: string }, kind?: string): Promise<Notice[]> => {
    const { officialNotices } = desk.answered(
      await desk.ask<{ officialNotices: { edges: { node: Notice }[] } }>(
        who,
        `query ($kind: OfficialNoticeKind) { officialNotices(kind: $kind) { edges { node {
          kind recipient addressee sender content school { id } } } } }`,
        { kind: kind ?? null },
      ),
    );
    return officialNotices.edges.map(({ node }) => node);
  };

  return { tryMark, mark, marked, noticesOf };
};
export type MarkDesk = ReturnType<typeof markDeskOf>;
