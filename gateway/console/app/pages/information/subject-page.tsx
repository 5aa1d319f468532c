import { Breadcrumb, Empty } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import type { Problem } from '../../graph/problems.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { Guarded } from '../../values/guarded.tsx';
import { RequestSubjectDocument, type RequestSubjectQuery } from './generated/subject.ts';
import { texts } from './request-texts.ts';
import { itemTexts } from './texts.ts';

export type Subject = NonNullable<RequestSubjectQuery['student']>;

const Present = ({ student, problems }: { student: Subject; problems: readonly Problem[] }) => {
  const t = useTexts(texts);
  const names = useTexts(itemTexts);
  const words = useWords();
  const formats = useFormats();
  const { name, gender, birthDate, identityDocument, numberKind, studentNumber } = student;
  const guarded = (field: string, value: string | null | undefined) => (
    <Guarded value={value} field={field} problems={problems} />
  );
  return (
    <Values
      items={[
        [names.name, guarded('name', name)],
        [names.gender, guarded('gender', gender && words('Gender', gender))],
        [names.birthDate, guarded('birthDate', birthDate && formats.day(birthDate))],
        [
          names.idDocumentType,
          guarded('identityDocument', identityDocument && words('IdDocumentType', identityDocument.type)),
        ],
        [names.idDocumentNumber, guarded('identityDocument', identityDocument?.number)],
        [t.numberKind, guarded('numberKind', numberKind && words('StudentNumberKind', numberKind))],
        [t.number, guarded('studentNumber', studentNumber)],
      ]}
    />
  );
};

type Props = { title: string; children(student: Subject): ReactNode };

/** A request about one pupil: the way back, the pupil as the graph knows them, and what is asked. */
export const SubjectPage = ({ title, children }: Props) => {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  const above = [
    { title: <Link to="/students">{t.students}</Link> },
    { title: <Link to={`/students/${id}`}>{t.record}</Link> },
    { title },
  ];
  return (
    <>
      <PageHead title={title} above={<Breadcrumb items={above} />} />
      <Answer
        document={RequestSubjectDocument}
        variables={{ id }}
        select={({ student }) => student}
        empty={<Empty description={t.missing} />}
      >
        {({ student }, problems) =>
          student && (
            <div className="panels">
              <Panel title={t.present}>
                <Present student={student} problems={problems} />
              </Panel>
              {children(student)}
            </div>
          )
        }
      </Answer>
    </>
  );
};
