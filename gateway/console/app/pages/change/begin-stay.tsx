import { useTexts } from '../../language/language.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { DayField } from '../../orders/day-field.tsx';
import { YesNoField } from '../../orders/yes-no-field.tsx';
import { texts } from './begin-texts.ts';
import { Beginning, type Registration } from './beginning.tsx';
import { MarkAbroadDocument } from './generated/begin-abroad.ts';
import { RequestGradeChangeDocument } from './generated/begin-grade-change.ts';
import { MarkReturnedDocument } from './generated/begin-return.ts';
import { PreviewAbroadDocument } from './generated/preview-abroad.ts';
import { PreviewGradeChangeDocument } from './generated/preview-grade-change.ts';
import { PreviewReturnDocument } from './generated/preview-return.ts';
import { GradeField } from './grade-field.tsx';

type Props = { registration: Registration };

/** Going abroad to study (W-17). */
export const BeginAbroad = ({ registration }: Props) => {
  const t = useTexts(texts);
  return (
    <Beginning
      registration={registration}
      document={MarkAbroadDocument}
      begunBy={({ markAbroad }) => markAbroad}
      preview={PreviewAbroadDocument}
      foreseenBy={({ previewAbroad }) => previewAbroad?.findings}
      needed={['leavesOn']}
    >
      {() => <DayField name="leavesOn" label={t.leavesOn} required />}
    </Beginning>
  );
};

/** Back from abroad (W-17). */
export const BeginReturn = ({ registration }: Props) => {
  const t = useTexts(texts);
  return (
    <Beginning
      registration={registration}
      document={MarkReturnedDocument}
      begunBy={({ markReturned }) => markReturned}
      preview={PreviewReturnDocument}
      foreseenBy={({ previewReturn }) => previewReturn?.findings}
      needed={['returnedOn', 'grade']}
    >
      {() => (
        <>
          <DayField name="returnedOn" label={t.returnedOn} required />
          <GradeField label={t.matchingGrade} />
        </>
      )}
    </Beginning>
  );
};

/** Skipping, repeating or lowering a grade (W-25). */
export const BeginGradeChange = ({ registration }: Props) => {
  const t = useTexts(texts);
  return (
    <Beginning
      registration={registration}
      document={RequestGradeChangeDocument}
      begunBy={({ requestGradeChange }) => requestGradeChange}
      preview={PreviewGradeChangeDocument}
      foreseenBy={({ previewGradeChange }) => previewGradeChange?.findings}
      needed={['change', 'askedBy', 'grade']}
    >
      {({ change }) => (
        <>
          <ChoiceField name="change" label={t.change} of="GradeChangeKind" required />
          <ChoiceField name="askedBy" label={t.askedBy} of="AskedBy" required />
          <GradeField label={t.newGrade} />
          {change === 'LOWER' && (
            <>
              <DayField name="assessedOn" label={t.assessedOn} />
              <YesNoField name="assessmentSupports" label={t.assessmentSupports} />
            </>
          )}
        </>
      )}
    </Beginning>
  );
};
