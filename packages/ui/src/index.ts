export { Badge, type BadgeTone } from './badge.tsx';
export {
  Button,
  type ButtonProps,
  type ButtonSize,
  type ButtonTone,
  IconButton,
  type IconButtonProps,
} from './button.tsx';
export { Checkbox, type CheckboxProps } from './checkbox.tsx';
export { classNames } from './class-names.ts';
export { Dialog, type DialogProps } from './dialog.tsx';
export { EmptyState, ErrorState, type ErrorStateProps, LoadingState, Skeleton } from './panel-states.tsx';
export { Select, type SelectOption, type SelectProps } from './select.tsx';
export { Slider, type SliderProps } from './slider.tsx';
export { Cell, type CellProps, HeaderCell, Row, Table } from './table.tsx';
export {
  type TabItem,
  TabList,
  type TabListProps,
  TabPanel,
  type TabPanelProps,
  Tabs,
  type TabsProps,
} from './tabs.tsx';
export { NumberInput, TextInput, type TextInputProps } from './text-input.tsx';
export { showToast, TOAST_MS, TOASTS_MAX, type Toast, ToastRegion, type ToastTone } from './toast.tsx';
