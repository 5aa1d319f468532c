import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTexts } from '../../language/language.tsx';
import type { WordKind } from '../../language/words.ts';
import { useWordOptions } from '../../orders/word-options.ts';
import { PlacePicker } from '../../places/place-picker.tsx';
import type { Act, Case } from './case-draft.ts';
import { pointTexts } from './case-texts.ts';

type Text = keyof typeof pointTexts;
type Of<Part extends Act> = keyof NonNullable<Case[Part]> & string;
type Place = { act: Act; name: string; text: Text };

const Word = ({ act, name, text, kind }: Place & { kind: WordKind }) => {
  const t = useTexts(pointTexts);
  const optionsOf = useWordOptions();
  return (
    <Form.Item name={[act, name]} label={t[text]}>
      <Select options={optionsOf(kind)} />
    </Form.Item>
  );
};

const Count = ({ act, name, text, min = 0, max }: Place & { min?: number; max: number }) => {
  const t = useTexts(pointTexts);
  return (
    <Form.Item name={[act, name]} label={t[text]}>
      <InputNumber min={min} max={max} precision={0} />
    </Form.Item>
  );
};

const Day = ({ act, name, text }: Place) => {
  const t = useTexts(pointTexts);
  return (
    <Form.Item name={[act, name]} label={t[text]}>
      <Input type="date" />
    </Form.Item>
  );
};

const Checks = <Part extends Act>({ act, names }: { act: Part; names: readonly (Of<Part> & Text)[] }) => {
  const t = useTexts(pointTexts);
  return names.map((name) => (
    <Form.Item key={name} name={[String(act), String(name)]} valuePropName="checked">
      <Checkbox>{t[name]}</Checkbox>
    </Form.Item>
  ));
};

/** The picker as a field of a form, which gives it what was chosen and hears of it. */
const FromPlace = ({ code, onChoose }: { code?: string; onChoose?: (code: string) => void }) => {
  const t = useTexts(pointTexts);
  return <PlacePicker code={code} label={t.from} onChoose={(chosen) => onChoose?.(chosen)} />;
};

const EntryFields = () => (
  <>
    <Count act="entry" name="grade" text="grade" min={1} max={9} />
    <Count act="entry" name="fullYears" text="fullYears" max={30} />
    <Word act="entry" name="season" text="season" kind="EntrySeason" />
    <Word act="entry" name="channel" text="channel" kind="RegistrationChannel" />
    <Checks act="entry" names={['otherProvince']} />
  </>
);

const TransferFields = () => {
  const t = useTexts(pointTexts);
  return (
    <>
      <Form.Item name={['transfer', 'from']} label={t.from} valuePropName="code" trigger="onChoose">
        <FromPlace />
      </Form.Item>
      <Word act="transfer" name="kind" text="kind" kind="TransferKind" />
      <Word act="transfer" name="fromStage" text="fromStage" kind="Stage" />
      <Count act="transfer" name="fromGrade" text="fromGrade" min={1} max={9} />
      <Count act="transfer" name="grade" text="toGrade" min={1} max={9} />
      <Word act="transfer" name="status" text="status" kind="EnrollmentStatus" />
      <Day act="transfer" name="appliedOn" text="appliedOn" />
      <Word act="transfer" name="ground" text="ground" kind="TransferGround" />
      <Checks
        act="transfer"
        names={['proven', 'meetsLocalRequirements', 'placeFree', 'guardianApplied', 'papers']}
      />
      <Checks act="transfer" names={['privateSchool', 'underDiscipline']} />
    </>
  );
};

const SuspensionFields = () => (
  <>
    <Word act="suspension" name="cause" text="cause" kind="SuspensionCause" />
    <Count act="suspension" name="missedHours" text="missedHours" max={5000} />
    <Count act="suspension" name="termHours" text="termHours" max={5000} />
    <Day act="suspension" name="from" text="firstDay" />
    <Day act="suspension" name="to" text="lastDay" />
    <Count act="suspension" name="monthsBefore" text="monthsBefore" max={120} />
    <Count act="suspension" name="term" text="term" min={1} max={2} />
    <Checks act="suspension" names={['writtenApplication', 'papers', 'bySchool', 'graduatingGrade']} />
  </>
);

const fields: Readonly<Record<Act, () => React.ReactNode>> = {
  entry: EntryFields,
  transfer: TransferFields,
  suspension: SuspensionFields,
  withdrawal: () => <Checks act="withdrawal" names={['illness', 'writtenApplication', 'papers']} />,
  gradeChange: () => (
    <>
      <Word act="gradeChange" name="kind" text="gradeKind" kind="GradePermissionKind" />
      <Checks act="gradeChange" names={['bySchool']} />
    </>
  ),
  change: () => (
    <>
      <Word act="change" name="status" text="status" kind="EnrollmentStatus" />
      <Word act="change" name="event" text="event" kind="StatusEvent" />
    </>
  ),
};

/** The points of an act, each with how it stands. */
export const CaseFields = ({ act }: { act: Act }) => {
  const Fields = fields[act];
  return <Fields />;
};
