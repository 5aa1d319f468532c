import { Breadcrumb, Empty, Flex } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { WordsField } from '../../orders/words-field.tsx';
import { CollectionForm, type Filled } from './collection-form.tsx';
import { draftOf } from './draft-of-record.ts';
import { texts } from './form-texts.ts';
import { RegistrationOnFileDocument, type RegistrationOnFileQuery } from './generated/on-file.ts';
import { ResubmitRegistrationDocument } from './generated/resubmit.ts';
import { registrationOf } from './registration-draft.ts';

type Student = NonNullable<RegistrationOnFileQuery['student']>;
type Enrollment = NonNullable<Student['enrollment']>;

const Correcting = ({ student, enrollment }: { student: Student; enrollment: Enrollment }) => {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const initial: Filled = useMemo(() => draftOf(student, enrollment), [student, enrollment]);
  const [draft, setDraft] = useState(initial);
  const order = useOrder(ResubmitRegistrationDocument, {
    findingsOf: ({ resubmitRegistration }) => resubmitRegistration.findings,
  });
  const send = async (): Promise<void> => {
    const { note = '', ...form } = draft;
    const registration = registrationOf(enrollment.school.id, form);
    if (!registration) return;
    const data = await order.give({
      ...{ enrollment: enrollment.id, expectedVersion: enrollment.version, note },
      ...{ form: registration.form, entryYear: registration.entryYear ?? null },
    });
    if (data?.resubmitRegistration.enrollment) navigate('/work/registrations');
  };
  return (
    <div className="panels">
      <div className="panels-half">
        <Panel title={t.form}>
          <p className="quiet">{t.onFile}</p>
          <CollectionForm
            initial={initial}
            underWay={order.underWay}
            submit={t.resubmit}
            onChange={setDraft}
            send={send}
          >
            <WordsField name="note" label={t.corrected} required />
          </CollectionForm>
        </Panel>
      </div>
      <div className="panels-half">
        <Flex vertical gap="middle" className="beside-form" role="region" aria-label={t.outcome} tabIndex={0}>
          <OrderOutcome outcome={order.outcome} />
          <Panel title={t.returned}>
            <Flex vertical gap="middle">
              {enrollment.decisionReason && <p>{enrollment.decisionReason}</p>}
              <FindingList findings={enrollment.blockers} />
            </Flex>
          </Panel>
        </Flex>
      </div>
    </div>
  );
};

/** A registration that was sent back: its form as it is on file, to be corrected and handed in again (W-03). */
export default function CorrectRegistrationPage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  const above = [
    { title: <Link to="/work">{t.work}</Link> },
    { title: <Link to="/work/registrations">{t.registrations}</Link> },
    { title: t.correct },
  ];
  return (
    <>
      <PageHead title={t.correct} above={<Breadcrumb items={above} />} />
      <Answer
        document={RegistrationOnFileDocument}
        variables={{ student: id }}
        select={({ student }) => student?.enrollment?.allowedActions.includes('RESUBMIT') || undefined}
        empty={<Empty description={t.notReturned} />}
      >
        {({ student }) =>
          student?.enrollment && <Correcting student={student} enrollment={student.enrollment} />
        }
      </Answer>
    </>
  );
}
