import { Flex } from 'antd';
import { Link } from 'react-router';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { StatusTag } from '../../values/status-tag.tsx';
import type { StudentIdentityQuery } from './generated/identity.ts';
import { texts } from './texts.ts';

type Enrollment = NonNullable<NonNullable<StudentIdentityQuery['student']>['enrollment']>;

/** The registration of the student as it is now. */
export const RegistrationValues = ({ student, enrollment }: { student: string; enrollment: Enrollment }) => {
  const t = useTexts(texts);
  const words = useWords();
  const gradeName = useGrades();
  const { school, schoolClass, stage, grade, status, allowedActions } = enrollment;
  const mayChange = allowedActions.some((action) => action.startsWith('BEGIN_'));
  return (
    <Panel
      title={t.status}
      extra={
        <Flex gap="small" wrap>
          {allowedActions.includes('RESUBMIT') && (
            <Link to={`/students/${student}/registration`}>{t.correctForm}</Link>
          )}
          {mayChange && <Link to={`/students/${student}/change`}>{t.beginChange}</Link>}
        </Flex>
      }
    >
      <Values
        items={[
          [t.status, <StatusTag key="status" status={status} />],
          [t.school, school.name],
          [
            t.schoolClass,
            [words('Stage', stage), gradeName(grade), schoolClass?.name].filter(Boolean).join(' '),
          ],
        ]}
      />
    </Panel>
  );
};
