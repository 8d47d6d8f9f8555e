import { serve } from "@whitelabel/shared-api";
import { bestays } from "@whitelabel/shared-config";

await serve(bestays, process.env);
