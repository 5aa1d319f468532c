import { Form, Input } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { PapersField } from '../../uploads/papers-field.tsx';
import { Asking } from './asking.tsx';
import { PreviewIdentityDocumentDocument } from './generated/preview-document.ts';
import { SupplyIdentityDocumentDocument } from './generated/supply-document.ts';
import { type SupplyDraft, supplyOf } from './request-draft.ts';
import { texts } from './request-texts.ts';
import { SubjectPage } from './subject-page.tsx';

/** The school supplies the resident ID number of a pupil that had none (ID-09). */
export default function NewDocumentPage() {
  const t = useTexts(texts);
  return (
    <SubjectPage title={t.supply}>
      {({ id, identityVersion }) => (
        <Asking
          document={SupplyIdentityDocumentDocument}
          answerOf={({ supplyIdentityDocument: { change: made, findings } }) => ({ made, findings })}
          to={(change) => `/work/key-changes/${change}`}
          preview={{
            document: PreviewIdentityDocumentDocument,
            findingsOf: ({ previewIdentityDocument }) => previewIdentityDocument?.findings,
          }}
          orderOf={(draft: SupplyDraft) => {
            const asked = supplyOf(draft);
            return asked && { student: id, expectedVersion: identityVersion ?? 0, ...asked };
          }}
          submit={t.supply}
        >
          {() => (
            <>
              <p className="quiet">{t.supplyMore}</p>
              <Form.Item name="idDocumentNumber" label={t.residentId} rules={[{ required: true }]}>
                <Input maxLength={18} />
              </Form.Item>
              <Form.Item name="evidence" label={t.proofs}>
                <PapersField kinds="KeyProofKind" />
              </Form.Item>
            </>
          )}
        </Asking>
      )}
    </SubjectPage>
  );
}
