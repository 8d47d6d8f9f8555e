import { serve } from "@whitelabel/shared-api";
import { realestate } from "@whitelabel/shared-config";

await serve(realestate, process.env);
