import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { recordingStep } from '#libs/platform/database/recording.ts';
import { platformTables, type ServiceRoles } from '#libs/platform/database/tables.ts';
import { directoryTables } from '#libs/platform/directory/tables.ts';
import { printTables } from '../print/print-tables.ts';
import { certificateTables } from './certificate-tables.ts';
import { checkTables, checkTotals } from './check-tables.ts';
import { electronicTables } from './electronic-tables.ts';
import { issueSets } from './issue-sets.ts';
import { issueTables } from './issue-tables.ts';
import { outcomeTables } from './outcome-tables.ts';
import { proofTables } from './proof-tables.ts';
import { readyNumbers } from './ready-numbers.ts';

export const certificateSteps: readonly SchemaStep[] = [
  {
    name: '001-certificates',
    statements: (roles: ServiceRoles) => {
      enforces('CRT-13', 'PRV-12');
      return [
        ...platformTables(roles),
        ...directoryTables(roles),
        ...outcomeTables(roles),
        ...issueTables(roles),
        ...certificateTables(roles),
        ...printTables(roles),
      ];
    },
  },
  recordingStep,
  { name: '002-checks', statements: checkTables },
  { name: '003-electronic-forms', statements: electronicTables },
  { name: '004-joined-on', statements: () => ['alter table study add column joined_on date'] },
  { name: '005-issue-sets', statements: issueSets },
  { name: '006-check-totals', statements: checkTotals },
  { name: '007-proofs', statements: proofTables },
  { name: '008-ready-numbers', statements: readyNumbers },
];
