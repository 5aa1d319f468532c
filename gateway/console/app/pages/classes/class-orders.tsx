import { Form, Input, InputNumber, Select } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { CaseOrder } from '../../orders/case-order.tsx';
import { AssignClassTeacherDocument } from './generated/assign-class-teacher.ts';
import type { ClassShownFragment } from './generated/class.ts';
import type { ClassesQuery } from './generated/classes.ts';
import { CreateClassDocument } from './generated/create-class.ts';
import { texts } from './texts.ts';

type School = NonNullable<ClassesQuery['school']>;

/** Makes a class of a grade that the school has. */
export const CreateClass = ({ school: { id, stages } }: { school: School }) => {
  const t = useTexts(texts);
  const words = useWords();
  const [only] = stages;
  return (
    <CaseOrder
      document={CreateClassDocument}
      text={t.create}
      kind="primary"
      seen={{ school: id }}
      {...(only && stages.length === 1 && { initial: { stage: only.stage } })}
      page="Classes"
      answerOf={({ createClass: { schoolClass: object, findings } }) => ({ object, findings })}
    >
      <Form.Item name="stage" label={t.stage} rules={[{ required: true }]}>
        <Select options={stages.map(({ stage }) => ({ value: stage, label: words('Stage', stage) }))} />
      </Form.Item>
      <Form.Item name="grade" label={t.grade} rules={[{ required: true }]}>
        <InputNumber min={1} max={6} precision={0} />
      </Form.Item>
      <Form.Item name="name" label={t.className} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item name="capacity" label={t.capacity} extra={t.usualCapacity}>
        <InputNumber min={1} max={80} precision={0} />
      </Form.Item>
    </CaseOrder>
  );
};

/** Says who leads a class, or that nobody does. */
export const TeacherOrders = ({ schoolClass: { id, teacher } }: { schoolClass: ClassShownFragment }) => {
  const t = useTexts(texts);
  return (
    <>
      <CaseOrder
        document={AssignClassTeacherDocument}
        text={t.nameTeacher}
        seen={{ schoolClass: id }}
        page="ClassPage"
        answerOf={({ assignClassTeacher: { schoolClass: object, findings } }) => ({ object, findings })}
      >
        <Form.Item
          name="subject"
          label={t.subject}
          extra={t.subjectMore}
          rules={[{ required: true, whitespace: true }]}
        >
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      </CaseOrder>
      {teacher && (
        <CaseOrder
          document={AssignClassTeacherDocument}
          text={t.endTeacher}
          kind="danger"
          seen={{ schoolClass: id, subject: null }}
          page="ClassPage"
          answerOf={({ assignClassTeacher: { schoolClass: object, findings } }) => ({ object, findings })}
        >
          {t.sure}
        </CaseOrder>
      )}
    </>
  );
};
