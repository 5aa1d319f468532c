import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { useWordOptions } from '../../orders/word-options.ts';
import { YesNoField } from '../../orders/yes-no-field.tsx';
import { texts } from './form-texts.ts';
import { type Draft, gradeNames, isSenior } from './registration-draft.ts';

const DisabilityFields = () => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  return (
    <>
      <Form.Item name="disabilityType" label={t.disabilityType}>
        <Select allowClear options={optionsOf('FormDisabilityType')} />
      </Form.Item>
      <Form.Item name="placementMode" label={t.placementMode}>
        <Select allowClear options={optionsOf('FormPlacementMode')} />
      </Form.Item>
      <Form.Item name="disabilityProofs" label={t.disabilityProofs}>
        <Select mode="multiple" allowClear options={optionsOf('DisabilityProof')} />
      </Form.Item>
      <YesNoField name="assessedByExpertCommittee" label={t.assessed} />
      <Form.Item name={['assessment', 'mode']} label={t.assessedMode}>
        <Select allowClear options={optionsOf('FormPlacementMode')} />
      </Form.Item>
      <Form.Item name={['assessment', 'assessedOn']} label={t.assessedOn}>
        <Input type="date" />
      </Form.Item>
    </>
  );
};

/** Items 12 to 16 and 36 and 37 of the form: where the pupil sits, and what a disabled pupil needs. */
export const SchoolFields = ({ draft }: { draft: Draft }) => {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const grades = gradeNames.map((value, index) => ({
    value,
    label: language === 'zh' ? value : `Grade ${index + 1}`,
  }));
  return (
    <fieldset className="form-part">
      <legend>{t.school}</legend>
      <Form.Item name="gradeName" label={t.gradeName} rules={[{ required: true }]}>
        <Select options={grades} />
      </Form.Item>
      <Form.Item name="className" label={t.className}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="entryYear" label={t.entryYear} extra={t.entryYearMore}>
        <InputNumber min={2000} max={2100} precision={0} />
      </Form.Item>
      <YesNoField name="isBoarder" label={t.isBoarder} />
      {isSenior(draft.gradeName) && (
        <Form.Item name={['overseas', 'jointProgramme']} valuePropName="checked">
          <Checkbox>{t.jointProgramme}</Checkbox>
        </Form.Item>
      )}
      <YesNoField name="isDisabled" label={t.isDisabled} />
      {draft.isDisabled && <DisabilityFields />}
    </fieldset>
  );
};
