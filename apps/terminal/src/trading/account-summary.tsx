import { Badge, classNames, ErrorState, LoadingState } from '@openvenue/ui';
import type { AccountStore } from './account/account-store.ts';
import { useAccountStore, useAccountView, useLiveAccount } from './account/use-account.ts';
import { amountText, percentText, signedAmountText, toneClass } from './amounts.ts';
import { unitsOf } from './calculation/index.ts';
import { FigureRow } from './figure-row.tsx';
import { type TradingText, useTradingText } from './text/index.ts';

/** Equity, balances and margin ratio of the user; nothing while nobody is signed in. */
export function AccountSummary() {
  const store = useAccountStore();
  return store === undefined ? null : <Figures store={store} />;
}

function Figures({ store }: { readonly store: AccountStore }) {
  const text = useTradingText();
  const view = useAccountView(store);
  const live = useLiveAccount(view);
  if (view.status === 'failed') {
    return <ErrorState message={text.form.failed} retryLabel={text.panel.retry} onRetry={() => void store.load()} />;
  }
  if (live === undefined) return <LoadingState label={text.panel.loading} rows={3} />;
  const { atMarks, used, frozen, wallet } = live;
  const asset = view.balances?.asset ?? '';
  const ratio = ratioFigure(text, atMarks.marginRatio);
  return (
    <dl className={classNames('flex flex-col gap-1 border-t border-line p-3', view.isStale && 'ov-stale')}>
      {view.isStale && (
        <div className="flex justify-end">
          <dt className="sr-only">{text.columns.status}</dt>
          <dd title={text.panel.stale}>
            <Badge tone="warn">{text.panel.staleShort}</Badge>
          </dd>
        </div>
      )}
      <FigureRow
        name={text.account.equity}
        className="font-medium"
      >{`${amountText(atMarks.equity)} ${asset}`}</FigureRow>
      <FigureRow name={text.account.wallet}>{amountText(wallet)}</FigureRow>
      <FigureRow name={text.account.unrealized} className={toneClass(atMarks.unrealizedPnl)}>
        {signedAmountText(atMarks.unrealizedPnl)}
      </FigureRow>
      <FigureRow name={text.account.used}>{amountText(used)}</FigureRow>
      <FigureRow name={text.account.frozen}>{amountText(frozen)}</FigureRow>
      <FigureRow name={text.account.available}>{amountText(atMarks.available)}</FigureRow>
      <FigureRow name={text.account.ratio} className={ratio.className}>
        {`${ratio.value} · ${ratio.word}`}
      </FigureRow>
    </dl>
  );
}

/** From these ratios on the colour warns; the venue itself warns at 80 % and liquidates at 100 %. */
const WARNING_FROM = unitsOf('0.5');
const DANGER_FROM = unitsOf('0.8');

function ratioFigure({ account }: TradingText, ratio: bigint | undefined) {
  if (ratio === undefined) return { value: account.exhausted, word: account.ratioDanger, className: 'text-danger' };
  const value = percentText(ratio);
  if (ratio >= DANGER_FROM) return { value, word: account.ratioDanger, className: 'text-danger' };
  if (ratio >= WARNING_FROM) return { value, word: account.ratioWarning, className: 'text-warn' };
  return { value, word: account.ratioSafe, className: undefined };
}
