import { randomUUID } from 'node:crypto';
import type { CaseDesk, Desk } from './case-desk.ts';
import type { Told } from './counter.ts';

const told = 'findings { ruleId outcome code message path basis { document article layer } }';

export type LedgerEntry = {
  id: string;
  version: number;
  state: string;
  source: string;
  since: string;
  nextActionOn: string;
  overdue: boolean;
  reportedTo: string[];
  householdToldOn: string | null;
  student: { id: string } | null;
  enrollment: { id: string; version: number; status: string; dropoutMark: boolean } | null;
  child: { name: string; birthDate: string; guardianPhone: string | null } | null;
  actions: { kind: string; measure: string | null; reached: boolean | null; note: string | null }[];
  blockers: { ruleId: string; code: string; outcome: string }[];
  allowedActions: string[];
};
export type LedgerAnswer = { entry: LedgerEntry | null; findings: Told[] };

const fields = `id version state source since nextActionOn overdue reportedTo householdToldOn student { id }
  enrollment { id version status dropoutMark } child { name birthDate guardianPhone }
  actions { kind measure reached note } blockers { ruleId code outcome } allowedActions`;

/** The dropout ledger as schools and counties keep it. */
export const ledgerDeskOf = (desk: CaseDesk) => {
  const tryStep = (who: Desk, mutation: string, type: string, input: Record<string, unknown>) =>
    desk.ask<Record<string, LedgerAnswer>>(
      who,
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { entry { ${fields} } ${told} } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );

  const step = async (...order: Parameters<typeof tryStep>): Promise<LedgerAnswer> => {
    const answer = desk.answered(await tryStep(...order))[order[1]];
    if (answer === undefined) throw new Error('No answer');
    return answer;
  };

  /** The entry after a step; throws where it was refused. */
  const after = async (move: Promise<LedgerAnswer>): Promise<LedgerEntry> => {
    const { entry, findings } = await move;
    if (entry === null) throw new Error(`Refused: ${JSON.stringify(findings)}`);
    return entry;
  };

  const on = ({ id, version }: LedgerEntry, more: Record<string, unknown>) => ({
    entry: id,
    expectedVersion: version,
    ...more,
  });

  const ledgerOf = async (who: Desk, filter: Record<string, unknown> = {}): Promise<LedgerEntry[]> => {
    const { dropoutLedger } = desk.answered(
      await desk.ask<{ dropoutLedger: { edges: { node: LedgerEntry }[] } }>(
        who,
        `query ($filter: DropoutFilter) { dropoutLedger(filter: $filter, first: 200) { edges { node { ${fields} } } } }`,
        { filter },
      ),
    );
    return dropoutLedger.edges.map(({ node }) => node);
  };

  return {
    tryStep,
    step,
    after,
    ledgerOf,
    open: (who: Desk, clue: Record<string, unknown>) =>
      step(who, 'openDropoutClue', 'DropoutClueInput', {
        source: 'SCHOOL',
        since: '2026-09-01',
        ...clue,
      }),
    confirm: (who: Desk, entry: LedgerEntry, more: Record<string, unknown> = {}) =>
      step(who, 'confirmDropout', 'ConfirmDropoutInput', on(entry, more)),
    report: (who: Desk, entry: LedgerEntry, more: Record<string, unknown> = {}) =>
      step(
        who,
        'reportDropout',
        'ReportDropoutInput',
        on(entry, { township: '140105101', content: '该生9月1日起未到校，家访未遇', ...more }),
      ),
    persuade: (who: Desk, entry: LedgerEntry, more: Record<string, unknown> = {}) =>
      step(
        who,
        'logPersuasion',
        'PersuasionInput',
        on(entry, { measure: 'HOME_VISIT', actedOn: '2026-09-02', reached: true, ...more }),
      ),
    order: (who: Desk, entry: LedgerEntry, more: Record<string, unknown> = {}) =>
      step(
        who,
        'requestReturnOrder',
        'ReportDropoutInput',
        on(entry, { township: '140105101', content: '多次劝返无效', ...more }),
      ),
    returned: (who: Desk, entry: LedgerEntry, returnedOn: string) =>
      step(who, 'markDropoutReturned', 'DropoutReturnedInput', on(entry, { returnedOn })),
    end: (who: Desk, mutation: 'clearDropoutClue' | 'settleDropoutReturn', entry: LedgerEntry) =>
      step(who, mutation, 'EndDropoutInput', on(entry, { note: '已核实' })),
  };
};
export type LedgerDesk = ReturnType<typeof ledgerDeskOf>;
