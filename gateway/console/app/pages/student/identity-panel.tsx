import { Button, Flex } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import type { Problem } from '../../graph/problems.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { useViewer } from '../../shell/viewer.tsx';
import { Guarded } from '../../values/guarded.tsx';
import { StudentIdentityDocument, type StudentIdentityQuery } from './generated/identity.ts';
import { GuardianLinks } from './guardian-links.tsx';
import { GuardianList } from './guardian-list.tsx';
import { RegistrationValues } from './registration-values.tsx';
import { texts } from './texts.ts';

type Student = NonNullable<StudentIdentityQuery['student']>;
type Shown = { student: Student; problems: readonly Problem[] };

const PersonValues = ({ student, problems }: Shown) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const guarded = (field: string, value: string | null | undefined) => (
    <Guarded value={value} field={field} problems={problems} />
  );
  const { gender, birthDate, numberKind, identityDocument, verification } = student;
  return (
    <Values
      items={[
        [t.name, guarded('name', student.name)],
        ...(student.formerName ? ([[t.formerName, student.formerName]] as const) : []),
        [t.gender, guarded('gender', gender && words('Gender', gender))],
        [t.birthDate, guarded('birthDate', birthDate && formats.day(birthDate))],
        [t.number, guarded('studentNumber', student.studentNumber)],
        [t.numberKind, guarded('numberKind', numberKind && words('StudentNumberKind', numberKind))],
        [
          t.document,
          guarded('identityDocument', identityDocument && words('IdDocumentType', identityDocument.type)),
        ],
        [t.documentNumber, guarded('identityDocument', identityDocument?.number)],
        [
          t.comparison,
          guarded('verification', verification && words('ComparisonResult', verification.comparison)),
        ],
      ]}
    />
  );
};

const ProfileValues = ({ student: { profile }, problems }: Shown) => {
  const t = useTexts(texts);
  const guarded = (value: string | null | undefined) => (
    <Guarded value={value} field="profile" problems={problems} />
  );
  const yesOrNo = (value: boolean | null | undefined) =>
    guarded(value === null || value === undefined ? null : value ? t.yes : t.no);
  return (
    <Values
      items={[
        [t.address, guarded(profile?.currentAddress)],
        [t.household, guarded(profile?.householdAddress)],
        [t.phone, guarded(profile?.contactPhone)],
        [t.boarder, yesOrNo(profile?.isBoarder)],
        [t.leftBehind, yesOrNo(profile?.isLeftBehind)],
        [t.migrant, yesOrNo(profile?.isMigrantChild)],
      ]}
    />
  );
};

/** Requests about the record, by the closed table of permissions; a number is supplied where there is none. */
const requests = [
  ['key-change.enter', 'key-change', 'keyChange'],
  ['key-change.enter', 'document', 'supplyDocument'],
  ['information.propose', 'update', 'updateInformation'],
  ['problem.report', 'problem', 'reportProblem'],
  ['number-deletion.request', 'deletion', 'requestDeletion'],
] as const;

const Requests = ({ student: { id, identityDocument } }: { student: Student }) => {
  const t = useTexts(texts);
  const { allowedActions } = useViewer();
  const hasNumber = identityDocument?.type === 'RESIDENT_ID';
  return requests
    .filter(([action, page]) => allowedActions.includes(action) && !(page === 'document' && hasNumber))
    .map(([, page, text]) => (
      <Link key={page} to={`/students/${id}/${page}`}>
        {t[text]}
      </Link>
    ));
};

/** Who the student is and where registered; masked until somebody who may asks for it in full. */
export const IdentityPanel = ({ id }: { id: string }) => {
  const t = useTexts(texts);
  const { allowedActions } = useViewer();
  const [full, setFull] = useState(false);
  const choice = (
    <Button aria-pressed={full} onClick={() => setFull(!full)}>
      {full ? t.showMasked : t.showFull}
    </Button>
  );
  return (
    <Answer
      document={StudentIdentityDocument}
      variables={{ id, full }}
      select={({ student }) => student}
      empty={t.notFound}
    >
      {({ student }, problems) =>
        student && (
          <div className="panels">
            <Panel
              title={t.identity}
              extra={
                <Flex gap="small" wrap align="center">
                  <Requests student={student} />
                  {choice}
                </Flex>
              }
            >
              <PersonValues student={student} problems={problems} />
            </Panel>
            {student.enrollment && <RegistrationValues student={id} enrollment={student.enrollment} />}
            <Panel title={t.contact}>
              <ProfileValues student={student} problems={problems} />
            </Panel>
            <GuardianList guardians={student.guardians} problems={problems} />
            {allowedActions.includes('guardian.link') && <GuardianLinks id={id} />}
          </div>
        )
      }
    </Answer>
  );
};
