import { Badge } from '@openvenue/ui';
import type { ReactNode } from 'react';
import { useTradingText } from '../text/index.ts';
import type { Side } from '../venue-types.ts';

/** The symbol of a row, and in words what it is about. */
export function SymbolHead({ symbol, children }: { readonly symbol: string; readonly children?: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className="font-medium">{symbol}</span>
      {children}
    </span>
  );
}

export function SideBadge({ side }: { readonly side: Side }) {
  const { words } = useTradingText();
  return <Badge tone={side === 'BUY' ? 'up' : 'down'}>{side === 'BUY' ? words.buy : words.sell}</Badge>;
}
