declare module 'govuk-frontend' {
  type Component = abstract new (...args: never[]) => unknown
  export const Button: Component
  export const ErrorSummary: Component
  export const NotificationBanner: Component
  export const PasswordInput: Component
  export const SkipLink: Component
  export const Tabs: Component
  export function createAll(component: Component, config?: Readonly<Record<string, unknown>>): unknown[]
}
