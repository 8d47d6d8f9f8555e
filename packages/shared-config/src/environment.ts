export const environments = ["development", "test", "staging", "production"] as const;

export type EnvironmentName = (typeof environments)[number];
