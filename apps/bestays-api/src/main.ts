import { serve } from "@whitelabel/shared-api/serve";
import { bestays as product } from "@whitelabel/shared-config";

serve(product, process.env);
