import { Alert, Breadcrumb, Button, Empty, Flex } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Foreseen } from '../../orders/foreseen.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useSettled } from '../../orders/use-settled.ts';
import { useViewer } from '../../shell/viewer.tsx';
import { CollectionForm } from './collection-form.tsx';
import { texts } from './form-texts.ts';
import { PreviewRegistrationDocument } from './generated/preview-registration.ts';
import { RegisterStudentDocument, type RegisterStudentMutation } from './generated/register.ts';
import { type Draft, registrationOf } from './registration-draft.ts';

type Registered = RegisterStudentMutation['registerStudent'];

const blank: Draft = {
  ...{ nationalityOrRegion: '中国', overseasCategory: 'NONE', idDocumentType: 'RESIDENT_ID' },
  guardians: [{ idDocumentType: 'RESIDENT_ID', isLegalGuardian: true }, {}],
};

const Done = ({ enrollment, again }: { enrollment: Registered['enrollment']; again(): void }) => {
  const t = useTexts(texts);
  if (!enrollment) return null;
  const { student, decisionDueOn } = enrollment;
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={`${student.name ?? ''} ${t.done}`}
      description={
        decisionDueOn && (
          <>
            {t.due}：<Clock due={decisionDueOn} overdue={false} />
          </>
        )
      }
      action={
        <Flex vertical gap="small">
          <Link to={`/students/${student.id}`}>{t.openRecord}</Link>
          <Button onClick={again}>{t.another}</Button>
        </Flex>
      }
    />
  );
};

const Found = ({ found }: Pick<Registered, 'found'>) => {
  const t = useTexts(texts);
  if (!found) return null;
  const way = <Link to={`/work/transfers/new?found=${found}`}>{t.transfer}</Link>;
  return <Alert type="warning" showIcon role="status" title={t.found} action={way} />;
};

const Registering = ({ school }: { school: string }) => {
  const t = useTexts(texts);
  const [count, setCount] = useState(0);
  const [draft, setDraft] = useState(blank);
  const [registered, setRegistered] = useState<Registered>();
  const judged = registrationOf(school, useSettled(draft));
  const order = useOrder(RegisterStudentDocument, {
    findingsOf: ({ registerStudent }) => registerStudent.findings,
  });
  const send = async (): Promise<void> => {
    const registration = registrationOf(school, draft);
    if (registration) setRegistered((await order.give(registration))?.registerStudent);
  };
  const again = (): void => {
    setCount(count + 1);
    setDraft(blank);
    setRegistered(undefined);
  };
  const isDone = Boolean(registered?.enrollment);
  return (
    <div className="panels">
      <div className="panels-half">
        <Panel title={t.form}>
          <CollectionForm
            key={count}
            initial={blank}
            disabled={isDone}
            underWay={order.underWay}
            submit={t.submit}
            onChange={setDraft}
            send={send}
          />
        </Panel>
      </div>
      <div className="panels-half">
        <Flex vertical gap="middle" className="beside-form" role="region" aria-label={t.outcome} tabIndex={0}>
          <Done enrollment={registered?.enrollment ?? null} again={again} />
          <Found found={registered?.found ?? null} />
          <OrderOutcome outcome={order.outcome} />
          {!isDone && (
            <Panel title={t.preview}>
              <Foreseen
                document={PreviewRegistrationDocument}
                variables={judged && { input: { ...judged, idempotencyKey: 'preview' } }}
                findingsOf={({ previewRegistration }) => previewRegistration?.findings}
              />
            </Panel>
          )}
        </Flex>
      </div>
    </div>
  );
};

/** A school registers a new pupil by the collection form; what the law asks for appears while it is filled in. */
export default function NewRegistrationPage() {
  const t = useTexts(texts);
  const { school } = useViewer();
  return (
    <>
      <PageHead
        title={t.title}
        above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title: t.title }]} />}
      />
      {school ? <Registering school={school.id} /> : <Empty description={t.onlySchools} />}
    </>
  );
}
