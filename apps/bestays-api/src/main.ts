import { serve } from "@whitelabel/shared-api";
import { bestays as product } from "@whitelabel/shared-config";

await serve(product, process.env);
