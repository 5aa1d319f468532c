import { Flex, Input } from 'antd';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { todayInBeijing } from '../../language/today.ts';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { isSchool } from '../../places/is-school.ts';
import { PlaceTrail } from '../../places/place-trail.tsx';
import { schoolYearStart } from '../overview/school-year.ts';
import { BalanceTag } from './balance-tag.tsx';
import { texts } from './balance-texts.ts';
import { BalancesBelow } from './balances-below.tsx';
import { ConservationOfDocument, type ConservationOfQuery } from './generated/conservation.ts';
import { UnbalancedCases } from './unbalanced-cases.tsx';

type Comparison = NonNullable<ConservationOfQuery['conservation']>;

const Shown = ({ comparison }: { comparison: Comparison }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const { opening, entered, left, closing, difference, balance, asOf, unbalanced } = comparison;
  return (
    <Flex vertical gap="middle">
      <Values
        items={[
          [t.opening, formats.number(opening)],
          [t.entered, formats.number(entered)],
          [t.left, formats.number(left)],
          [t.closing, formats.number(closing)],
          [t.difference, formats.number(difference)],
          [t.balance, <BalanceTag key="balance" balance={balance} />],
          [t.asOf, formats.instant(asOf)],
        ]}
      />
      {unbalanced.length > 0 && (
        <>
          <h3 className="panel-title">{t.unbalanced}</h3>
          <UnbalancedCases cases={unbalanced} />
        </>
      )}
    </Flex>
  );
};

type Props = {
  scope: string;
  own: string;
  /** First and last day; the school year so far where none is chosen. */
  from: string | null;
  to: string | null;
  onChange(part: Readonly<Record<string, string>>): void;
  addressOf(scope: string): string;
};

/** Whether opening + in - out = closing over a period, of a unit or school and of each one below it. */
export const BalancePanel = ({ scope, own, onChange, addressOf, ...period }: Props) => {
  const t = useTexts(texts);
  const to = period.to ?? todayInBeijing();
  const from = period.from ?? schoolYearStart(to);
  const day = (name: 'from' | 'to', value: string) => (
    <Input
      type="date"
      aria-label={t[name]}
      className="filter"
      max={todayInBeijing()}
      value={value}
      onChange={({ target }) => target.value && onChange({ [name]: target.value })}
    />
  );
  return (
    <div className="panels">
      <Panel
        title={t.title}
        extra={
          <Flex gap="small" wrap>
            {day('from', from)}
            {day('to', to)}
          </Flex>
        }
      >
        <PlaceTrail scope={scope} own={own} addressOf={addressOf} />
        <Answer
          document={ConservationOfDocument}
          variables={{ scope, from, to }}
          select={({ conservation }) => conservation}
        >
          {({ conservation }) => conservation && <Shown comparison={conservation} />}
        </Answer>
      </Panel>
      {!isSchool(scope) && <BalancesBelow scope={scope} from={from} to={to} addressOf={addressOf} />}
    </div>
  );
};
