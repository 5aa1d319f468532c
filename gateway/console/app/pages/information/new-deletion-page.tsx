import { Form } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { PapersField } from '../../uploads/papers-field.tsx';
import { Asking } from './asking.tsx';
import { PreviewNumberDeletionDocument } from './generated/preview-deletion.ts';
import { RequestNumberDeletionDocument } from './generated/request-deletion.ts';
import { type DeletionDraft, deletionOf } from './request-draft.ts';
import { texts } from './request-texts.ts';
import { SubjectPage } from './subject-page.tsx';

/** A province asks the ministry for the deletion of a student number, on evidence (ID-11). */
export default function NewDeletionPage() {
  const t = useTexts(texts);
  return (
    <SubjectPage title={t.deletion}>
      {({ id, identityVersion }) => (
        <Asking
          document={RequestNumberDeletionDocument}
          answerOf={({ requestNumberDeletion: { deletion: made, findings } }) => ({ made, findings })}
          to={(deletion) => `/work/deletions/${deletion}`}
          preview={{
            document: PreviewNumberDeletionDocument,
            findingsOf: ({ previewNumberDeletion }) => previewNumberDeletion?.findings,
          }}
          orderOf={(draft: DeletionDraft) => {
            const asked = deletionOf(draft);
            return asked && { student: id, expectedVersion: identityVersion ?? 0, ...asked };
          }}
          submit={t.submitDeletion}
        >
          {() => (
            <>
              <p className="quiet">{t.deletionMore}</p>
              <WordsField name="reason" label={t.reason} required />
              <Form.Item name="evidence" label={t.papers}>
                <PapersField />
              </Form.Item>
            </>
          )}
        </Asking>
      )}
    </SubjectPage>
  );
}
