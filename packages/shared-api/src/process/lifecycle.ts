/** Shared between the process and the app: once it is closing, readiness says so and connections are not kept alive. */
export type Lifecycle = { isClosing: boolean };
