import { Form, Select } from 'antd';
import { Answer } from '../../graph/answer.tsx';
import { useTexts } from '../../language/language.tsx';
import { CheckField } from '../../orders/check-field.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { Asking } from './asking.tsx';
import { DuplicateCandidatesDocument } from './generated/duplicate-candidates.ts';
import { ReportProblemDocument } from './generated/report-problem.ts';
import { type ReportDraft, reportOf } from './request-draft.ts';
import { texts } from './request-texts.ts';
import { SubjectPage } from './subject-page.tsx';

/** Records within the viewer's scope that are perhaps the same child's. */
const OtherField = ({ student }: { student: string }) => {
  const t = useTexts(texts);
  return (
    <Answer
      document={DuplicateCandidatesDocument}
      variables={{ student }}
      select={({ duplicateCandidates }) => duplicateCandidates}
      empty={<p className="quiet">{t.noCandidates}</p>}
    >
      {({ duplicateCandidates }) => (
        <Form.Item name="other" label={t.other}>
          <Select
            allowClear
            options={(duplicateCandidates ?? []).map(({ student: { id, name }, school, certain }) => ({
              value: id,
              label: [name ?? '***', school.name, certain && t.certain].filter(Boolean).join(' · '),
            }))}
          />
        </Form.Item>
      )}
    </Answer>
  );
};

/** A check of a school or an authority has found a fault of a record (W-22). */
export default function NewProblemPage() {
  const t = useTexts(texts);
  return (
    <SubjectPage title={t.report}>
      {({ id }) => (
        <Asking
          document={ReportProblemDocument}
          answerOf={({ reportProblem: { problem: made, findings } }) => ({ made, findings })}
          to={(problem) => `/work/problems/${problem}`}
          orderOf={(draft: ReportDraft) => {
            const asked = reportOf(draft);
            return asked && { student: id, ...asked };
          }}
          submit={t.submitReport}
        >
          {({ kind }) => (
            <>
              <p className="quiet">{t.reportMore}</p>
              <ChoiceField name="kind" label={t.problemKind} of="ProblemRecordKind" required />
              {kind === 'DUPLICATE' && <OtherField student={id} />}
              <CheckField name="complaint" label={t.complaint} />
              <WordsField name="note" label={t.found} required />
            </>
          )}
        </Asking>
      )}
    </SubjectPage>
  );
}
