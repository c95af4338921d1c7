import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

/** `up` and `down` are for orders alone: colour stands for direction. */
export type ButtonTone = 'neutral' | 'accent' | 'up' | 'down' | 'plain';
export type ButtonSize = 'small' | 'medium' | 'large';

const TONES: Readonly<Record<ButtonTone, string>> = {
  neutral: 'bg-raised text-text hover:bg-raised-hover',
  accent: 'bg-accent-solid text-white hover:brightness-110',
  up: 'bg-up-solid text-white hover:brightness-110',
  down: 'bg-down-solid text-white hover:brightness-110',
  plain: 'text-accent hover:underline',
};

const SIZES: Readonly<Record<ButtonSize, string>> = {
  small: 'h-6 px-2 rounded text-body',
  medium: 'h-8 px-3 rounded text-body',
  large: 'h-10 px-4 rounded text-body font-semibold max-sm:h-11 max-sm:text-sm',
};

export interface ButtonProps extends ComponentProps<'button'> {
  readonly tone?: ButtonTone;
  readonly size?: ButtonSize;
}

export function Button({ tone = 'neutral', size = 'medium', className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={classNames(
        'inline-flex items-center justify-center gap-1 font-medium whitespace-nowrap disabled:cursor-not-allowed disabled:opacity-50',
        TONES[tone],
        SIZES[size],
        className,
      )}
      {...rest}
    />
  );
}

export interface IconButtonProps extends ComponentProps<'button'> {
  /** Name for readers of the screen and the tooltip. */
  readonly label: string;
}

/** A square button that shows an icon alone. */
export function IconButton({ label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classNames(
        'inline-flex size-7 shrink-0 items-center justify-center rounded bg-raised text-text hover:bg-raised-hover disabled:opacity-50 max-sm:size-11 max-sm:bg-transparent',
        className,
      )}
      {...rest}
    />
  );
}
