export { type Server, startThrowawayPostgres } from "@whitelabel/ops";
export { type FaultProxy, startFaultProxy, useFaultProxy } from "./fault-proxy.ts";
