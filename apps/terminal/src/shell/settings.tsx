import { Checkbox, Dialog, IconButton, Select } from '@openvenue/ui';
import { Moon, Settings2, Sun } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../i18n/index.ts';
import { useTerminal, useUi } from '../terminal-context.ts';
import type { Locale, Palette, Theme } from '../ui-state/ui-state.ts';

/** Theme at hand, and everything else behind one button. */
export function SettingsButtons() {
  const text = useText();
  const { ui } = useTerminal();
  const theme = useUi((state) => state.theme);
  const locale = useUi((state) => state.locale);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <span className="flex shrink-0 gap-1 max-xl:hidden">
        <IconButton
          label={theme === 'dark' ? text.settings.toLight : text.settings.toDark}
          onClick={() => ui.setState({ theme: theme === 'dark' ? 'light' : 'dark' })}
        >
          {theme === 'dark' ? <Sun aria-hidden className="size-4" /> : <Moon aria-hidden className="size-4" />}
        </IconButton>
        <button
          type="button"
          lang={locale === 'en' ? 'zh-CN' : 'en'}
          onClick={() => ui.setState({ locale: locale === 'en' ? 'zh-CN' : 'en' })}
          className="flex h-7 shrink-0 items-center rounded bg-raised px-2 whitespace-nowrap hover:bg-raised-hover"
        >
          {locale === 'en' ? '中文' : 'English'}
        </button>
      </span>
      <IconButton label={text.settings.title} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <Settings2 aria-hidden className="size-4" />
      </IconButton>
      <Dialog
        title={text.settings.title}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        closeLabel={text.common.close}
      >
        <SettingsForm />
      </Dialog>
    </>
  );
}

function SettingsForm() {
  const text = useText();
  const { ui } = useTerminal();
  const theme = useUi((state) => state.theme);
  const locale = useUi((state) => state.locale);
  const palette = useUi((state) => state.palette);
  const confirmsOrders = useUi((state) => state.confirmsOrders);
  return (
    <div className="flex flex-col gap-3">
      <Choice<Theme>
        label={text.settings.theme}
        value={theme}
        onChange={(next) => ui.setState({ theme: next })}
        options={[
          { value: 'dark', label: text.settings.dark },
          { value: 'light', label: text.settings.light },
        ]}
      />
      <Choice<Locale>
        label={text.settings.language}
        value={locale}
        onChange={(next) => ui.setState({ locale: next })}
        options={[
          { value: 'en', label: 'English' },
          { value: 'zh-CN', label: '简体中文' },
        ]}
      />
      <Choice<Palette>
        label={text.settings.palette}
        value={palette}
        onChange={(next) => ui.setState({ palette: next })}
        options={[
          { value: 'green-up', label: text.settings.greenUp },
          { value: 'red-up', label: text.settings.redUp },
          { value: 'blue-orange', label: text.settings.blueOrange },
        ]}
      />
      <Checkbox checked={confirmsOrders} onChange={(next) => ui.setState({ confirmsOrders: next })}>
        {text.settings.confirmsOrders}
      </Checkbox>
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <div className="flex items-center justify-between gap-3">
      <span className="text-muted">{label}</span>
      <Select label={label} value={value} options={options} onChange={onChange} className="w-44" />
    </div>
  );
}
