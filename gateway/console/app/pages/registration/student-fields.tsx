import { Checkbox, Form, Input, Select } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { useWordOptions } from '../../orders/word-options.ts';
import { YesNoField } from '../../orders/yes-no-field.tsx';
import { texts } from './form-texts.ts';
import { ethnicGroups } from './generated/ethnic-groups.ts';
import type { Draft } from './registration-draft.ts';

const fromOutside = ({ overseasCategory, idDocumentType }: Draft): boolean =>
  (overseasCategory ?? 'NONE') !== 'NONE' ||
  ['HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'PASSPORT'].includes(idDocumentType ?? '');

const OriginFields = () => {
  const t = useTexts(texts);
  return (
    <>
      <Form.Item name={['overseas', 'locallyAdmitted']} valuePropName="checked">
        <Checkbox>{t.locallyAdmitted}</Checkbox>
      </Form.Item>
      <Form.Item name={['overseas', 'documentValidUntil']} label={t.documentValidUntil}>
        <Input type="date" />
      </Form.Item>
    </>
  );
};

const PermitFields = () => {
  const t = useTexts(texts);
  return (
    <>
      <Form.Item name="residencePermitIssuer" label={t.residencePermitIssuer}>
        <Input />
      </Form.Item>
      <Form.Item name="residencePermitIssueDate" label={t.residencePermitIssueDate}>
        <Input type="date" />
      </Form.Item>
    </>
  );
};

const PersonFields = () => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  return (
    <>
      <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="formerName" label={t.formerName}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="idDocumentType" label={t.idDocumentType} rules={[{ required: true }]}>
        <Select options={optionsOf('FormDocumentType')} />
      </Form.Item>
      <Form.Item name="idDocumentNumber" label={t.idDocumentNumber}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="gender" label={t.gender} rules={[{ required: true }]}>
        <Select options={optionsOf('Gender')} />
      </Form.Item>
      <Form.Item name="birthDate" label={t.birthDate} rules={[{ required: true }]}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="nationalityOrRegion" label={t.nationality} rules={[{ required: true }]}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="overseasCategory" label={t.overseasCategory} rules={[{ required: true }]}>
        <Select options={optionsOf('FormOverseasCategory')} />
      </Form.Item>
    </>
  );
};

/** Items 1 to 11 of the form, who the pupil is and where at home; and what a pupil from outside is asked. */
export const StudentFields = ({ draft }: { draft: Draft }) => {
  const t = useTexts(texts);
  return (
    <fieldset className="form-part">
      <legend>{t.student}</legend>
      <PersonFields />
      <Form.Item name="ethnicGroup" label={t.ethnicGroup}>
        <Select showSearch={{ optionFilterProp: 'label' }} allowClear options={[...ethnicGroups]} />
      </Form.Item>
      <Form.Item name="currentAddress" label={t.currentAddress} extra={t.addressMore}>
        <Input maxLength={220} />
      </Form.Item>
      <Form.Item name="householdAddress" label={t.householdAddress} extra={t.addressMore}>
        <Input maxLength={220} />
      </Form.Item>
      <Form.Item name="contactPhone" label={t.contactPhone}>
        <Input maxLength={30} />
      </Form.Item>
      <Form.Item name="politicalStatus" label={t.politicalStatus}>
        <Input maxLength={40} />
      </Form.Item>
      <YesNoField name="isLeftBehind" label={t.isLeftBehind} />
      <YesNoField name="isMigrantChild" label={t.isMigrantChild} />
      <YesNoField name="hasResidencePermit" label={t.hasResidencePermit} />
      {draft.hasResidencePermit && <PermitFields />}
      {fromOutside(draft) && <OriginFields />}
    </fieldset>
  );
};
