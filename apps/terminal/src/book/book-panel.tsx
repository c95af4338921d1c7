import { Select, TabList, TabPanel, Tabs } from '@openvenue/ui';
import { useState } from 'react';
import { fixed } from '../format/decimal-text.ts';
import { useText } from '../i18n/index.ts';
import { useSymbolParameters } from '../market/use-market.ts';
import { Tape } from '../tape/tape.tsx';
import { groupingsOf } from './book-view.ts';
import { OrderBook } from './order-book.tsx';

type View = 'book' | 'trades';

/** Order book and trades, one at a time. */
export function BookPanel() {
  const text = useText();
  const parameters = useSymbolParameters();
  const [view, setView] = useState<View>('book');
  const [chosen, setChosen] = useState<string>();
  const groupings = parameters === undefined ? [] : groupingsOf(parameters.tickSize);
  // Another symbol has other steps; one that it does not know falls back to its finest.
  const increment = chosen !== undefined && groupings.includes(chosen) ? chosen : (groupings[0] ?? '');
  return (
    <Tabs<View> value={view} onChange={setView} className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 items-center justify-between border-b border-line pr-2">
        <TabList<View>
          label={text.book.title}
          items={[
            { value: 'book', label: text.book.title },
            { value: 'trades', label: text.tape.title },
          ]}
        />
        {view === 'book' && groupings.length > 0 && (
          <Select
            label={text.book.grouping}
            value={increment}
            onChange={setChosen}
            options={groupings.map((value) => ({
              value,
              label: fixed(value, value.split('.')[1]?.length ?? 0),
            }))}
          />
        )}
      </div>
      <TabPanel value="book" className="grow">
        <OrderBook increment={increment} />
      </TabPanel>
      <TabPanel value="trades" className="grow">
        <Tape />
      </TabPanel>
    </Tabs>
  );
}
