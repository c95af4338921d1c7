import { defineText } from '../../i18n/define-text.ts';
import { DIALOGS_TEXT } from './dialogs-text.ts';
import { FORM_TEXT } from './form-text.ts';
import { OUTCOMES_TEXT } from './outcomes-text.ts';
import { TABLES_TEXT } from './tables-text.ts';

const en = { ...FORM_TEXT.en, ...OUTCOMES_TEXT.en, ...DIALOGS_TEXT.en, ...TABLES_TEXT.en };

/** English and Chinese texts of the form, the account and its tables; each area is a file of its own. */
export type TradingText = typeof en;

const zh: TradingText = {
  ...FORM_TEXT['zh-CN'],
  ...OUTCOMES_TEXT['zh-CN'],
  ...DIALOGS_TEXT['zh-CN'],
  ...TABLES_TEXT['zh-CN'],
};

/** The texts by language, for words that are made outside of a component. */
export const TRADING_TEXTS = { en, 'zh-CN': zh };

export const useTradingText = defineText(TRADING_TEXTS);
