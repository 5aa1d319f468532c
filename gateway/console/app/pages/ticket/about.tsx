import { Tag } from 'antd';
import { Link } from 'react-router';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Values } from '../../layout/values.tsx';
import { FileButton } from '../../uploads/file-button.tsx';
import { texts } from './texts.ts';
import { pageOfCase, type Ticket } from './ticket-case.ts';

type Tie = readonly [
  name: 'student' | 'case' | 'above' | 'issue' | 'report' | 'mergedInto',
  to: string,
  text?: string,
];

const ticketPage = ({ id }: { id: string }): string => `/work/tickets/${id}`;

/** What a ticket hangs together with, each with its page. */
const tiesOf = (ticket: Ticket): Tie[] => {
  const { student, case: about } = ticket;
  const above = 'ticket' in ticket ? ticket.ticket : null;
  const { issue, report, mergedInto } =
    ticket.__typename === 'Complaint' ? ticket : { issue: null, report: null, mergedInto: null };
  return [
    ...(student ? [['student', `/students/${student.id}?tab=cases`, student.name ?? '***'] as const] : []),
    ...(about ? [['case', pageOfCase(about)] as const] : []),
    ...(above ? [['above', ticketPage(above)] as const] : []),
    ...(issue ? [['issue', ticketPage(issue)] as const] : []),
    ...(report ? [['report', ticketPage(report)] as const] : []),
    ...(mergedInto ? [['mergedInto', ticketPage(mergedInto)] as const] : []),
  ];
};

/** What stands in the ticket, by its kind: the words of those who filed, issued and answered it. */
const useWordsOf = (ticket: Ticket): readonly (readonly [string, string | null])[] => {
  const t = useTexts(texts);
  switch (ticket.__typename) {
    case 'Complaint':
      return [
        [t.matter, ticket.matter],
        [t.result, ticket.result],
      ];
    case 'SystemicIssue':
      return [
        [t.matter, ticket.slipMatter],
        [t.result, ticket.issueResult],
      ];
    case 'VerificationSlip':
      return [
        [t.matter, ticket.slipMatter],
        [t.verifiedFacts, ticket.verifiedFacts],
      ];
    case 'SupervisionSlip':
      return [
        [t.matter, ticket.slipMatter],
        [t.handlingOpinion, ticket.handlingOpinion],
        [t.handlingResult, ticket.handlingResult],
      ];
    case 'ReportSlip':
      return [
        [t.items, ticket.items.map(({ description }) => description).join('；')],
        [t.ministryOpinion, ticket.ministryOpinion],
      ];
  }
};

/** What a ticket is about: whose it is, what hangs on it, the words of those who filed, issued and answered it. */
export const About = ({ ticket }: { ticket: Ticket }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const told = useWordsOf(ticket).filter(([, text]) => text);
  const { kind, state, unit, openedAt, assignedTo, lateUnit } = ticket;
  const paper = 'paperUrl' in ticket ? ticket.paperUrl : null;
  return (
    <Values
      items={[
        [t.kind, words('TicketKind', kind)],
        [t.state, <Tag key="state">{words('TicketState', state)}</Tag>],
        [t.unit, unit],
        [t.openedAt, formats.instant(openedAt)],
        ...(assignedTo ? ([[t.assignedTo, assignedTo]] as const) : []),
        ...tiesOf(ticket).map(
          ([name, to, text]) =>
            [
              t[name],
              <Link key={to} to={to}>
                {text ?? t.title}
              </Link>,
            ] as const,
        ),
        ...(lateUnit ? ([[t.lateUnit, lateUnit]] as const) : []),
        ...told,
        ...(paper
          ? ([[t.paper, <FileButton key="paper" url={paper} name={t.paper} text={t.save} />]] as const)
          : []),
      ]}
    />
  );
};
