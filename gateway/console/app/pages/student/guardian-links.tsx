import { Empty, Flex, Form, Input, Select, Table, type TableColumnsType } from 'antd';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { StudentGuardianLinksDocument, type StudentGuardianLinksQuery } from './generated/guardian-links.ts';
import { LinkGuardianDocument } from './generated/link-guardian.ts';
import { UnlinkGuardianDocument } from './generated/unlink-guardian.ts';
import { texts } from './guardian-links-texts.ts';
import { legalGuardians, nameAt } from './guardian-options.ts';

type Student = NonNullable<StudentGuardianLinksQuery['student']>;
type Link = NonNullable<Student['guardianLinks']>[number];

const page = 'StudentGuardianLinks';

const LinkOrder = ({ student: { id, guardians } }: { student: Student }) => {
  const t = useTexts(texts);
  const words = useWords();
  return (
    <CaseOrder
      document={LinkGuardianDocument}
      text={t.link}
      seen={{ student: id }}
      page={page}
      answerOf={({ linkGuardian: { student: object, findings } }) => ({ object, findings })}
    >
      <p className="quiet">{t.more}</p>
      <Form.Item name="position" label={t.guardian} rules={[{ required: true }]}>
        <Select
          options={legalGuardians(guardians).map(({ position, name, relation }) => ({
            value: position,
            label: [name, words('GuardianRelation', relation)].filter(Boolean).join(' · '),
          }))}
        />
      </Form.Item>
      <Form.Item name="subject" label={t.subject} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <ChoiceField name="basis" label={t.basis} of="GuardianLinkBasis" required />
    </CaseOrder>
  );
};

const UnlinkOrder = ({ student, subject }: { student: string; subject: string }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={UnlinkGuardianDocument}
      text={t.unlink}
      kind="danger"
      seen={{ student, subject }}
      page={page}
      answerOf={({ unlinkGuardian: { student: object, findings } }) => ({ object, findings })}
    >
      {t.unlinkMore} {subject}
    </CaseOrder>
  );
};

const Links = ({ student }: { student: Student }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const columns: TableColumnsType<Link> = [
    { key: 'subject', title: t.subject, render: (_, { subject }) => subject },
    {
      key: 'guardian',
      title: t.guardian,
      render: (_, { position }) => nameAt(student.guardians, position),
    },
    { key: 'basis', title: t.basis, render: (_, { basis }) => words('GuardianLinkBasis', basis) },
    { key: 'since', title: t.since, render: (_, { since }) => formats.instant(since) },
    {
      key: 'unlink',
      title: t.unlink,
      render: (_, { subject }) => <UnlinkOrder student={student.id} subject={subject} />,
    },
  ];
  return (
    <Flex vertical gap="middle">
      <div>
        <LinkOrder student={student} />
      </div>
      {student.guardianLinks && student.guardianLinks.length > 0 ? (
        <Table
          size="small"
          columns={columns}
          dataSource={[...student.guardianLinks]}
          rowKey={({ subject, since }) => `${subject} ${since}`}
          pagination={false}
          scroll={{ x: 'max-content' }}
        />
      ) : (
        <Empty description={t.none} />
      )}
    </Flex>
  );
};

/** Logins that act for the pupil as guardians, for the registrar who ties them. */
export const GuardianLinks = ({ id }: { id: string }) => {
  const t = useTexts(texts);
  return (
    <Panel title={t.title}>
      <Answer
        document={StudentGuardianLinksDocument}
        variables={{ id }}
        select={({ student }) => student?.guardianLinks && student}
      >
        {({ student }) => student && <Links student={student} />}
      </Answer>
    </Panel>
  );
};
