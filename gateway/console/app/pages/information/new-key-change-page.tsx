import { Form, Input } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { DayField } from '../../orders/day-field.tsx';
import { PapersField } from '../../uploads/papers-field.tsx';
import { Asking } from './asking.tsx';
import { PreviewKeyChangeDocument } from './generated/preview-key-change.ts';
import { RequestKeyChangeDocument } from './generated/request-key-change.ts';
import { type KeyDraft, keyChangeOf } from './key-change-draft.ts';
import { texts } from './request-texts.ts';
import { SubjectPage } from './subject-page.tsx';
import { itemTexts } from './texts.ts';

const Fields = () => {
  const t = useTexts(texts);
  const names = useTexts(itemTexts);
  return (
    <>
      <p className="quiet">{t.fillChanged}</p>
      <Form.Item name="name" label={names.name}>
        <Input maxLength={60} />
      </Form.Item>
      <ChoiceField name="gender" label={names.gender} of="Gender" />
      <DayField name="birthDate" label={names.birthDate} />
      <ChoiceField name="idDocumentType" label={names.idDocumentType} of="IdDocumentType" />
      <Form.Item name="idDocumentNumber" label={names.idDocumentNumber}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="evidence" label={t.proofs}>
        <PapersField kinds="KeyProofKind" />
      </Form.Item>
    </>
  );
};

/** The school asks for a change of a pupil's key information, on proofs (ID-13). */
export default function NewKeyChangePage() {
  const t = useTexts(texts);
  return (
    <SubjectPage title={t.keyChange}>
      {({ id, identityVersion }) => (
        <Asking
          document={RequestKeyChangeDocument}
          answerOf={({ requestKeyInformationChange: { change: made, findings } }) => ({ made, findings })}
          to={(change) => `/work/key-changes/${change}`}
          preview={{
            document: PreviewKeyChangeDocument,
            findingsOf: ({ previewKeyInformationChange }) => previewKeyInformationChange?.findings,
          }}
          orderOf={(draft: KeyDraft) => {
            const asked = keyChangeOf(draft);
            return asked && { student: id, expectedVersion: identityVersion ?? 0, ...asked };
          }}
          submit={t.submit}
        >
          {() => <Fields />}
        </Asking>
      )}
    </SubjectPage>
  );
}
